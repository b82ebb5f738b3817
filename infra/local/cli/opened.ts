import { outwardAddresses } from '../listen.ts';

/** What is reached from elsewhere: the scheme of its URLs, a port, and a path. */
export interface Opened {
  readonly scheme: 'http' | 'ws';
  readonly port: number;
  readonly path: string;
}

/** The lines that tell what `--host` opens, and to whom; none when nothing is opened. */
export function openedLines(host: string | undefined, opened: readonly Opened[]): string[] {
  const addresses = outwardAddresses(host);
  if (addresses.length === 0)
    return host === undefined ? [] : ['WARNING --host: this machine has no address for others.'];
  return [
    'WARNING Everyone who reaches this machine can use these, without a sign-in, until it ends:',
    ...addresses.flatMap((address) =>
      opened.map(({ scheme, port, path }) => `  ${scheme}://${address}:${port}${path}`),
    ),
  ];
}

/** The WebSocket URL of a stage, as something that is reached from elsewhere. */
export function openedWebSocket(webSocketUrl: string): Opened {
  const { port, pathname } = new URL(webSocketUrl);
  return { scheme: 'ws', port: Number(port), path: pathname };
}
