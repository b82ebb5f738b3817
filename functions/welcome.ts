import { byteLength, MAX_FRAME_BYTES, type Peer, type Welcome } from '#protocol';

/** Room for the two page numbers, which are known last. */
const PAGE_NUMBER_BYTES = 8;

/** Splits a welcome into frames that each fit [P8]. The first page may be the only one, and empty. */
export function welcomePages(welcome: Omit<Welcome, 'page' | 'pages'>): Welcome[] {
  const envelope = byteLength(JSON.stringify({ ...welcome, peers: [], page: 1, pages: 1 }));
  const capacity = MAX_FRAME_BYTES - envelope - PAGE_NUMBER_BYTES;
  const pages: Peer[][] = [[]];
  let used = 0;
  for (const peer of welcome.peers) {
    const size = byteLength(JSON.stringify(peer)) + ','.length;
    if (used + size > capacity) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(peer);
    used += size;
  }
  return pages.map((peers, index) => ({ ...welcome, peers, page: index + 1, pages: pages.length }));
}
