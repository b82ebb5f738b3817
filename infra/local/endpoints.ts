import type { WebSocketApi } from './gateway/api.ts';
import type { GatewayServer } from './gateway/server.ts';
import { LOOPBACK, outwardAddresses } from './listen.ts';

/** One stage of one API, where it can be reached. */
export interface Endpoint {
  readonly api: string;
  readonly stage: string;
  /** What a client connects to. */
  readonly webSocketUrl: string;
  /** What an SDK client takes as `endpoint`. */
  readonly managementUrl: string;
}

/** Every host under which a function may call back: the one AWS would give the API, and the ones clients connect to. */
export const hostsOf = (api: WebSocketApi, { port }: GatewayServer, host: string | undefined): string[] => [
  api.domainName,
  ...['localhost', LOOPBACK, '[::1]', ...outwardAddresses(host)].map((name) => `${name}:${port}`),
];

/** Where clients and SDK clients reach the stages of an API. */
export const endpointsOf = (api: WebSocketApi, { port }: GatewayServer): Endpoint[] =>
  api.stages.map(({ name }) => ({
    api: api.name,
    stage: name,
    webSocketUrl: `ws://localhost:${port}/${name}`,
    managementUrl: `http://localhost:${port}/${name}`,
  }));
