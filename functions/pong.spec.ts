import { byteLength, MAX_FRAME_BYTES, parseServerFrame, type Peer } from '#protocol';
import { pongWith } from './pong.ts';

describe('pongWith', () => {
  const peers = (count: number): Peer[] =>
    Array.from({ length: count }, (_, n) => ({
      connectionId: `C${n}=`,
      session: `s${n}`,
      name: '蛸'.repeat(64),
      dialect: 'v1',
      connectedAt: n,
    }));
  const pong = (of: readonly Peer[]) => ({
    type: 'pong' as const,
    id: 'p1',
    listed: of.map(({ connectionId }) => connectionId),
  });

  it('[P13] describes nobody when all are known', () => {
    expect(pongWith(pong(peers(3)), [])).toEqual(pong(peers(3)));
  });

  it('[P13] describes every stranger when they fit', () => {
    const [known, ...strangers] = peers(20);
    expect(pongWith(pong(known ? [known, ...strangers] : []), strangers).peers).toEqual(strangers);
  });

  it('[P13] describes as many as fit into a frame, at which a client asks for the rest', () => {
    const all = peers(200);
    const told = pongWith(pong(all), all);
    const text = JSON.stringify(told);
    expect(byteLength(text)).toBeLessThanOrEqual(MAX_FRAME_BYTES);
    expect(byteLength(text)).toBeGreaterThan(MAX_FRAME_BYTES - 300);
    expect<object>(parseServerFrame(text)).toEqual(told);
    expect<unknown>(told.peers).toEqual(all.slice(0, told.peers?.length));
  });
});
