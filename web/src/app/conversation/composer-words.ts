import type { Outcome } from '../connection/client.ts';

/** Why a text stays in the field. */
export type Kept = Exclude<Outcome, 'sent' | 'queued'>;

/** Says why a text stays in the field. */
export function keptInWords(why: Kept): string {
  switch (why) {
    case 'empty':
      return $localize`There is nothing to send yet.`;
    case 'too-large':
      return $localize`This is too long for one frame.`;
    case 'gone':
      return $localize`This peer has left and cannot come back as the same. The text is kept here.`;
    case 'full':
      return $localize`Too much is waiting for its receipts already. The text is kept here until some of it has arrived.`;
  }
}

/** Says why a text would not go out at once: we have no connection, or the peer has none. */
export function waitInWords(forWhom: 'connection' | 'peer'): string {
  return forWhom === 'connection'
    ? $localize`Not connected: what you send is queued, and goes out when the connection is back.`
    : $localize`This peer is away: what you send is queued, and goes out if it is back within some minutes.`;
}
