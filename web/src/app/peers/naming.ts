import type { Peer } from '#protocol';

/** What people call a peer: its name, or else the beginning of its connectionId. */
export const callOf = ({ name, connectionId }: Pick<Peer, 'name' | 'connectionId'>): string =>
  name ?? shortIdOf(connectionId);

/** Enough of a connectionId to tell a few apart. */
export const shortIdOf = (connectionId: string): string => connectionId.slice(0, 6);
