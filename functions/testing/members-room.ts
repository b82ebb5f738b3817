import { type Invitation, invitationText, membersRoom } from '#protocol/invitation';
import { webcrypto } from 'node:crypto';

const { subtle } = webcrypto;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A room for members and its invitations, made as a page makes them [P28]. */
export async function foundRoom() {
  const { publicKey, privateKey } = await subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const raw = new Uint8Array(await subtle.exportKey('raw', publicKey));
  const room = membersRoom(new Uint8Array(await subtle.digest('SHA-256', raw)));
  const invite = async (expiry: number, to = room): Promise<Invitation> => {
    const text = new TextEncoder().encode(invitationText(to, expiry));
    const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, text);
    return { publicKey: raw, expiry, signature: new Uint8Array(signature) };
  };
  return { room, invite };
}
