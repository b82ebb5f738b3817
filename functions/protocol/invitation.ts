/**
 * Members-only rooms and the invitations to them [P28]: names and bytes, for the page that makes an invitation and for `$connect`
 * that reads it. Hashing and signing are left to either.
 */

/** The subprotocol that carries an invitation begins with this. */
export const INVITATION_PREFIX = 'invite.';

/** A raw ECDSA P-256 public key: 4, then x and y of 32 bytes each. */
export const PUBLIC_KEY_BYTES = 65;
/** When it ends, in seconds since the epoch, the highest byte first. */
export const EXPIRY_BYTES = 4;
/** r and s of 32 bytes each, as WebCrypto gives them. */
export const SIGNATURE_BYTES = 64;
export const INVITATION_BYTES = PUBLIC_KEY_BYTES + EXPIRY_BYTES + SIGNATURE_BYTES;

export interface Invitation {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Seconds since the epoch; the first second in which it is of no use. */
  readonly expiry: number;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** The name of the room that the holder of a key invites to, by the SHA-256 of the raw public key. */
export const membersRoom = (keyHash: Uint8Array): string => `m-${toBase64url(keyHash)}`;

/** What the room's key signs, as UTF-8. */
export const invitationText = (room: string, expiry: number): string =>
  `hello-websocket invitation\n${room}\n${expiry}`;

/** An invitation as a link and a subprotocol carry it. */
export function formatInvitation({ publicKey, expiry, signature }: Invitation): string {
  const bytes = new Uint8Array(INVITATION_BYTES);
  bytes.set(publicKey, 0);
  new DataView(bytes.buffer).setUint32(PUBLIC_KEY_BYTES, expiry);
  bytes.set(signature, PUBLIC_KEY_BYTES + EXPIRY_BYTES);
  return toBase64url(bytes);
}

/** Reads what `formatInvitation` wrote; undefined for any other text. Says nothing of whether it is signed well. */
export function parseInvitation(text: string): Invitation | undefined {
  const bytes = fromBase64url(text);
  if (bytes?.length !== INVITATION_BYTES) return undefined;
  return {
    publicKey: bytes.slice(0, PUBLIC_KEY_BYTES),
    expiry: new DataView(bytes.buffer).getUint32(PUBLIC_KEY_BYTES),
    signature: bytes.slice(PUBLIC_KEY_BYTES + EXPIRY_BYTES),
  };
}

const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** The bytes of a text; undefined when they would not give that very text again. */
function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return toBase64url(bytes) === text ? bytes : undefined;
}
