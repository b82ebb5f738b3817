/** What a handshake may have to bring [P27] [P28]. */
export type Credential = 'invitation' | 'token';

/** Why nobody would let us in. */
export type Lack =
  | { readonly what: 'missing' | 'damaged'; readonly credential: Credential }
  /** `at` is when it ended, in milliseconds since the epoch. */
  | { readonly what: 'ended'; readonly credential: Credential; readonly at: number };

/** The subprotocols to offer beside ours, or why it would be in vain to connect. */
export type Pass = { readonly offers: readonly string[] } | { readonly lack: Lack };
