import { type Malformed, parsePlace, type Place } from '#protocol';

/** Where the page's own address asks to stand: `?room=`, `?name=` [P2]. */
export const placeIn = (search: string): Place | Malformed =>
  parsePlace(Object.fromEntries(new URLSearchParams(search)));

/** The URL to open for a place, which `$connect` reads from the query string [P2]. */
export function socketUrl(webSocketUrl: string, { room, name }: Omit<Place, 'type'>): string {
  const url = new URL(webSocketUrl);
  url.searchParams.set('room', room);
  if (name !== undefined) url.searchParams.set('name', name);
  return url.href;
}

/** The address of a page that opens the conversation with `session`, which outlives its connections [P15]. */
export function linkTo(pageUrl: string, session: string): string {
  const url = new URL(pageUrl);
  url.hash = new URLSearchParams({ to: session }).toString();
  return url.href;
}

/** The session that the fragment of an address names; undefined for none. */
export const sessionIn = (hash: string): string | undefined =>
  new URLSearchParams(hash.replace(/^#/, '')).get('to') ?? undefined;

/** A fragment without invitation and token; empty when it has nothing else. */
export const withoutCredentials = (hash: string): string =>
  hash.replace(/(?<=[#&])(?:invitation|token)=[^&]*&?/g, '').replace(/[#&]$/, '');
