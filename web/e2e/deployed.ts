import type { Page } from '@playwright/test';

const NAMES_API = "connect-src 'self' ws";

/** Tells `complain` of every request that leaves `origin`. WebSockets are the content security policy's to watch. */
export function watchRequests(page: Page, origin: string, complain: (trouble: string) => void): void {
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:'].includes(url.protocol) && url.origin !== origin)
      complain(`request to ${url.href}`);
  });
}

/**
 * Serves the page with the headers that it is deployed with, of which the content security policy names one WebSocket API:
 * in a test that brings its own, that one.
 */
export async function connectTo(page: Page, pageUrl: string, webSocket: string): Promise<void> {
  const { origin, pathname } = new URL(pageUrl);
  // Of a page that a test hands on, Chrome does not see that it is of this machine, which it asks people about.
  await page.context().grantPermissions(['local-network-access'], { origin });
  const isPage = (url: URL): boolean => url.origin === origin && url.pathname === pathname;
  await page.route(isPage, async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': policy, ...headers } = response.headers();
    if (policy?.includes(NAMES_API) !== true) throw new Error('The page has no policy that names its API');
    const { href } = new URL(webSocket);
    const changed = policy.replace(/(connect-src 'self') [^;]+/, `$1 ${href}`);
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': changed } });
  });
}
