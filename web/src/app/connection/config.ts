/** What the page must be told about where it runs; whoever serves the page serves this as `config.json`. */
export interface Config {
  readonly webSocketUrl: string;
}

/** Reads `config.json`. Rejects with an error whose message is a sentence for people. */
export async function readConfig(fetch: typeof globalThis.fetch, url: string): Promise<Config> {
  const response = await fetch(url, { cache: 'no-store' }).catch(() => {
    throw new Error(`${url} could not be fetched.`);
  });
  if (!response.ok) throw new Error(`${url} was answered with status ${response.status}.`);
  const value: unknown = await response.json().catch(() => {
    throw new Error(`${url} is not JSON.`);
  });
  const webSocketUrl =
    typeof value === 'object' && value !== null && 'webSocketUrl' in value ? value.webSocketUrl : undefined;
  if (typeof webSocketUrl !== 'string') throw new Error(`${url} has no webSocketUrl.`);
  if (!isWebSocketUrl(webSocketUrl)) throw new Error(`In ${url}, webSocketUrl is no ws: or wss: URL.`);
  return { webSocketUrl };
}

const isWebSocketUrl = (text: string): boolean => /^wss?:$/.test(URL.parse(text)?.protocol ?? '');
