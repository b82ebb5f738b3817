import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { calledFunctions } from './called-functions.ts';
import { Database } from './dynamodb/database.ts';
import { readTables } from './dynamodb/table.ts';
import { endpointsOf, hostsOf } from './endpoints.ts';
import { readApis, type WebSocketApi } from './gateway/api.ts';
import { Gateway } from './gateway/gateway.ts';
import { likelyFunctions } from './gateway/likely-functions.ts';
import { missingPermissions } from './gateway/missing-permissions.ts';
import { type GatewayServer, listen } from './gateway/server.ts';
import { share } from './gateway/sharing.ts';
import { ShortCut } from './gateway/short-cut.ts';
import { Pools } from './lambda/pools.ts';
import { enterTimeZone } from './lambda/time-zone.ts';
import { unlikeAws } from './limits.ts';
import { reloadOnChange } from './reload/reload.ts';
import type { Runner, StartOptions } from './runner.ts';
import { Addresses } from './site/addresses.ts';
import { serveSites } from './site/serve-sites.ts';
import { deliveryTo } from './streams/delivery.ts';
import { readEventSources } from './streams/event-source.ts';
import { Streams } from './streams/streams.ts';
import { REGION } from './template/identities.ts';
import { ignored } from './template/ignored.ts';
import { notEmulated } from './template/not-emulated.ts';
import type { Stack } from './template/stack.ts';
import { readStacks } from './template/stacks.ts';
import { TemplateError } from './template/values.ts';
import { uncalledFunctions } from './uncalled-functions.ts';

/** What is looked for, in the words of those who write templates. */
const WANTED =
  'an AWS::ApiGatewayV2::Api whose ProtocolType is WEBSOCKET, or an AWS::Serverless::WebSocketApi';

/** What has been started, to be stopped in the opposite order. */
type Stops = (() => Promise<void>)[];

/** Runs the WebSocket APIs, the functions they call and the tables of a synthesized assembly. */
export async function start(options: StartOptions): Promise<Runner> {
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await run(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function run(options: StartOptions, stops: Stops): Promise<Omit<Runner, 'stop'>> {
  const { assembly, port = 0, sitePort, host, parameters = {}, variables = {}, data } = options;
  const {
    limits = {},
    faults = {},
    random,
    overHttp = false,
    watch = false,
    log = () => undefined,
  } = options;
  const read = () => readStacks(assembly, parameters);
  const stacks = await read();
  const apis = readApis(stacks);
  if (apis.length === 0) throw new TemplateError(`${assembly} has no WebSocket API: ${WANTED}`);
  const { resources: mappings, sources } = readEventSources(stacks);
  const functions = calledFunctions(apis, sources, stacks, variables);
  const timeZone = enterTimeZone([...functions.values()]);
  stops.push(() => {
    timeZone.restore();
    return Promise.resolve();
  });
  for (const warning of timeZone.warnings) log(`WARNING ${warning}`);

  const servers = await listenForAll(apis, { port, host, log }, stops);
  const database = new Database(stacks.flatMap(readTables), log, {
    data,
    streams: sources.map(({ table }) => table),
  });
  stops.push(() => database.stop());
  await database.start();

  const common = share({ stacks, limits, faults, random, log });
  const gateways = new Map<number, Gateway>();
  const pools = new Pools(functions, {
    destinations: {
      [`dynamodb.${REGION}.amazonaws.com`]: database.port,
      ...Object.fromEntries(
        servers.flatMap(({ api, server }) => hostsOf(api, server, host).map((name) => [name, server.port])),
      ),
    },
    log,
    ...(!overHttp && {
      connections: new ShortCut(gateways, common.standing),
      tables: () => database.shortCut(),
    }),
  });
  const streams = new Streams(sources, deliveryTo(pools, common.activity), log);
  stops.push(async () => {
    streams.stop();
    await pools.stop();
  });
  database.onChange((change, caller) => streams.changed(change, caller));

  const ports = new Set(servers.map(({ server }) => server.port));
  const steering = {
    faults: common.faults,
    activity: common.activity,
    drop: () => gateways.forEach((gateway) => gateway.drop()),
    ports,
  };
  for (const { api, server } of servers) {
    for (const warning of [...api.warnings, ...missingPermissions(api, common.permissions)])
      log(`WARNING ${warning}`);
    const gateway = new Gateway(api, {
      ...common,
      dynamodbPort: database.port,
      invoke: (arn, requestId, event) => pools.invoke(arn, event, common.tracing.find(requestId)),
    });
    gateways.set(server.port, gateway);
    stops.push(() => gateway.stop());
    const config = {
      webSocketUrl: endpointsOf(api, server)[0]?.webSocketUrl ?? '',
      ...unlikeAws(common.limits),
      ...options.config,
    };
    server.serve(gateway, config, steering);
  }

  const sites =
    sitePort === undefined
      ? []
      : await serveSites({
          stacks,
          port: sitePort,
          host,
          addresses: new Addresses(
            servers.map(({ api, server }) => ({ host: api.domainName, port: server.port })),
          ),
          config: unlikeAws(common.limits),
          steering,
          log,
        });
  for (const site of sites) {
    ports.add(site.port);
    stops.push(() => site.stop());
  }

  pools.warm(apis.flatMap((api) => [...likelyFunctions(api)]));
  if (watch) {
    const written = (await stat(assembly)).isFile() ? assembly : join(assembly, 'manifest.json');
    const reread = async (): Promise<Stack[]> => {
      const now = await read();
      for (const site of sites) site.take(now);
      return now;
    };
    stops.push(await reloadOnChange({ stacks, pools: pools.byArn, written, read: reread, variables, log }));
  }

  return {
    port: servers[0]?.server.port ?? 0,
    endpoints: servers.flatMap(({ api, server }) => endpointsOf(api, server)),
    sites: sites.map(({ logicalId, port }) => ({ logicalId, port, url: `http://localhost:${port}` })),
    ignored: [
      ...ignored(
        stacks,
        sites.flatMap(({ madeOf }) => madeOf),
        mappings,
      ),
      ...uncalledFunctions(functions.values(), stacks),
    ],
    notEmulated: [...notEmulated(stacks), ...sites.flatMap((site) => site.notEmulated)],
    allowPage: (pagePort) => void ports.add(pagePort),
  };
}

/** A server for each API: the first on `port`, the others on any free one. */
async function listenForAll(
  apis: readonly WebSocketApi[],
  { port, host, log }: Required<Pick<StartOptions, 'port' | 'log'>> & Pick<StartOptions, 'host'>,
  stops: Stops,
): Promise<{ api: WebSocketApi; server: GatewayServer }[]> {
  const servers: { api: WebSocketApi; server: GatewayServer }[] = [];
  for (const [index, api] of apis.entries()) {
    const server = await listen(index === 0 ? port : 0, host, log);
    stops.push(() => server.stop());
    servers.push({ api, server });
  }
  return servers;
}
