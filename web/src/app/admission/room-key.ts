import { formatInvitation, invitationText, membersRoom } from '#protocol/invitation';

// Of the browser and of Node.js: both run this.
type Subtle = typeof crypto.subtle;

/** The key of a room for members [P28]: whoever holds it invites. */
export interface RoomKey {
  readonly room: string;
  /** Raw: 65 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Cannot be read by anybody, this page included. */
  readonly privateKey: Parameters<Subtle['sign']>[1];
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Makes a room: its name is the hash of a new key. */
export async function makeRoomKey(subtle: Subtle): Promise<RoomKey> {
  const pair = await subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const publicKey = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  const hash = new Uint8Array(await subtle.digest('SHA-256', publicKey));
  return { room: membersRoom(hash), publicKey, privateKey: pair.privateKey };
}

/** An invitation to the room of a key, which ends at a time in milliseconds since the epoch. */
export async function invite(subtle: Subtle, key: RoomKey, endsAt: number): Promise<string> {
  const expiry = Math.ceil(endsAt / 1000);
  const text = new TextEncoder().encode(invitationText(key.room, expiry));
  const signature = new Uint8Array(await subtle.sign(SIGNATURE, key.privateKey, text));
  return formatInvitation({ publicKey: key.publicKey, expiry, signature });
}
