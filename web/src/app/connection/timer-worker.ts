import type { TimerWorker } from './steady-timers.ts';

/** The worker that keeps the time of the page; none where there are no workers. */
export function timerWorker(): TimerWorker | undefined {
  if (typeof Worker === 'undefined') return undefined;
  trustOwnScripts();
  return new Worker(new URL('./timers.worker', import.meta.url), { type: 'module' });
}

/** What of Trusted Types is used here; browsers have it, TypeScript's DOM does not yet. */
interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(
    name: 'default',
    rules: { readonly createScriptURL: (url: string) => string | undefined },
  ): unknown;
}

/**
 * Lets scripts be loaded by address from the page's own origin, and from nowhere else, where the content security policy
 * asks for a policy. The default one: a bundler finds a worker only where nothing stands between `Worker` and its URL.
 */
function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes?.defaultPolicy !== null) return;
  trustedTypes.createPolicy('default', {
    createScriptURL: (url) => (new URL(url, location.href).origin === location.origin ? url : undefined),
  });
}
