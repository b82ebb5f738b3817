/**
 * What follows `prefix` in the first of the offered subprotocols that begins with it. A browser can set no header of a handshake, so what
 * is not for the URL, which may be logged, goes there.
 */
export function offeredWith(prefix: string, offered: string | undefined): string | undefined {
  const names = (offered ?? '').split(',').map((name) => name.trim());
  return names.find((name) => name.startsWith(prefix))?.slice(prefix.length);
}
