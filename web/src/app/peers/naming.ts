import type { Peer } from '#protocol';

/** What people call a peer: its name, or else enough of its connectionId to tell a few apart. */
export const callOf = ({ name, connectionId }: Pick<Peer, 'name' | 'connectionId'>): string =>
  name ?? connectionId.slice(0, 6);
