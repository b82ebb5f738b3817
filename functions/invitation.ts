import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isMembersOnly } from '#protocol';
import { INVITATION_PREFIX, invitationText, membersRoom, parseInvitation } from '#protocol/invitation';
import { offeredWith } from './offer.ts';

/**
 * Whether a connection that offers those subprotocols may enter the room: anybody may enter an open one, and one for members whoever brings an invitation
 * that has not expired, is signed with the key that it carries, and whose key has the room's name as its hash [P28].
 */
export function mayEnter(room: string, offered: string | undefined, now: number): boolean {
  if (!isMembersOnly(room)) return true;
  const invitation = parseInvitation(offeredWith(INVITATION_PREFIX, offered) ?? '');
  if (invitation === undefined || invitation.expiry * 1000 <= now) return false;
  const { publicKey, expiry, signature } = invitation;
  if (membersRoom(createHash('sha256').update(publicKey).digest()) !== room) return false;
  const key = importKey(publicKey);
  if (key === undefined) return false;
  const text = Buffer.from(invitationText(room, expiry));
  return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** A raw P-256 key; undefined when it is none. */
function importKey(raw: Uint8Array): KeyObject | undefined {
  const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((part) =>
    Buffer.from(part).toString('base64url'),
  );
  if (raw[0] !== 4 || x === undefined || y === undefined) return undefined;
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  } catch {
    // A point beside the curve: nothing but the import can tell.
    return undefined;
  }
}

/** Whether what is said in one room may reach another: an open one it may [P28]. */
export const mayReach = (from: string, to: string): boolean => from === to || !isMembersOnly(to);
