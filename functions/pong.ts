import { byteLength, MAX_FRAME_BYTES, type Peer, type Pong } from '#protocol';

/** A pong that describes `strangers`, as many of them as fit into the frame [P13]. */
export function pongWith(pong: Pong, strangers: readonly Peer[]): Pong {
  if (strangers.length === 0) return pong;
  let space = MAX_FRAME_BYTES - byteLength(JSON.stringify({ ...pong, peers: [] }));
  const peers: Peer[] = [];
  for (const peer of strangers) {
    space -= byteLength(JSON.stringify(peer)) + ','.length;
    if (space < 0) break;
    peers.push(peer);
  }
  return { ...pong, peers };
}
