import { byteLength, MAX_FRAME_BYTES, parseServerFrame, type Peer } from '#protocol';
import { welcomePages } from './welcome.ts';

describe('welcomePages', () => {
  const self = {
    type: 'welcome' as const,
    connectionId: 'A=',
    connectedAt: 1,
    room: 'lobby',
    session: 'a',
    resumeKey: 'k',
    recovered: false,
    build: '0.1.0',
  };
  const peers = (count: number, name: string): Peer[] =>
    Array.from({ length: count }, (_, n) => ({
      connectionId: `C${n}=`,
      session: `s${n}`,
      name,
      dialect: 'v1',
      connectedAt: n,
    }));

  it('[P8] is one page for nobody', () => {
    expect(welcomePages({ ...self, peers: [] })).toEqual([{ ...self, peers: [], page: 1, pages: 1 }]);
  });

  for (const name of ['Ann', '蛸'.repeat(64), '"\\'.repeat(32)]) {
    it(`[P8] lists each of 1000 peers once, in frames that fit, when all are called ${name.slice(0, 6)}`, () => {
      const all = peers(1_000, name);
      const pages = welcomePages({ ...self, peers: all });
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flatMap((page) => page.peers)).toEqual(all);
      expect(pages.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
      for (const page of pages) {
        const text = JSON.stringify(page);
        expect(byteLength(text)).toBeLessThanOrEqual(MAX_FRAME_BYTES);
        expect<object>(parseServerFrame(text)).toEqual({ ...page, pages: pages.length });
      }
      // Full pages: none could have taken the first peer of the next.
      expect(byteLength(JSON.stringify(pages[0]))).toBeGreaterThan(MAX_FRAME_BYTES - 500);
    });
  }
});
