import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Database } from './dynamodb/database.ts';
import { readTables } from './dynamodb/table.ts';
import { readApis, type WebSocketApi } from './gateway/api.ts';
import type { FaultSettings } from './gateway/fault-settings.ts';
import { Faults } from './gateway/faults.ts';
import { Gateway } from './gateway/gateway.ts';
import { Activity } from './gateway/local/activity.ts';
import { Tracing } from './gateway/local/tracing.ts';
import { likelyFunctions } from './gateway/likely-functions.ts';
import { missingPermissions } from './gateway/missing-permissions.ts';
import { Permissions } from './gateway/permissions.ts';
import type { Invoke } from './gateway/invoke.ts';
import { type GatewayServer, listen } from './gateway/server.ts';
import { ShortCut } from './gateway/short-cut.ts';
import { Standing } from './gateway/standing.ts';
import { TokenBucket } from './gateway/token-bucket.ts';
import { findFunction } from './lambda/function.ts';
import { Pool } from './lambda/pool.ts';
import { AWS_LIMITS, type Limits, unlikeAws } from './limits.ts';
import { LOOPBACK, outwardAddresses } from './listen.ts';
import type { Logger } from './log.ts';
import { reloadOnChange } from './reload/reload.ts';
import { Addresses } from './site/addresses.ts';
import { serveSites } from './site/serve-sites.ts';
import { REGION } from './template/identities.ts';
import { ignored } from './template/ignored.ts';
import type { Stack } from './template/stack.ts';
import { notEmulated, type NotEmulated } from './template/not-emulated.ts';
import { type GivenParameters, readStacks } from './template/stacks.ts';
import { TemplateError } from './template/values.ts';

export interface StartOptions {
  /** The folder that `cdk synth` wrote, or a template file of CloudFormation or SAM. */
  readonly assembly: string;
  /** Port of the first API (0: any free one); a further one takes any free port. */
  readonly port?: number;
  /** Port of the first site (0: any free one), a further one takes any free port; without it sites are not served. */
  readonly sitePort?: number | undefined;
  /** A further address of this machine to be reached at, `0.0.0.0` for all: by others too, and without a sign-in. */
  readonly host?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** What goes wrong on purpose, from the start; `POST /_local/faults` changes it. */
  readonly faults?: Partial<FaultSettings>;
  /** The dice that faults are thrown with: numbers from 0 up to but not 1. */
  readonly random?: () => number;
  /** What `config.json` tells a page beside where to connect (PARITY X12). */
  readonly config?: object;
  /** Values for parameters of the stacks, in the place of their defaults. */
  readonly parameters?: GivenParameters;
  /** The folder to keep the tables in; without one they are in memory. */
  readonly data?: string | undefined;
  /** Whether functions reach `@connections` and the tables by HTTP, as on AWS, and not by short cuts past it. */
  readonly overHttp?: boolean;
  /** Whether functions are loaded anew when their code, or the assembly, changes. */
  readonly watch?: boolean;
  readonly log?: Logger;
}

/** One stage of one API, where it can be reached. */
export interface Endpoint {
  readonly api: string;
  readonly stage: string;
  /** What a client connects to. */
  readonly webSocketUrl: string;
  /** What an SDK client takes as `endpoint`. */
  readonly managementUrl: string;
}

/** A CloudFront distribution before a bucket, where it can be reached. */
export interface ServedSite {
  readonly logicalId: string;
  readonly port: number;
  readonly url: string;
}

/** A running assembly. */
export interface Runner {
  readonly port: number;
  readonly endpoints: readonly Endpoint[];
  /** Empty when they are not asked for. */
  readonly sites: readonly ServedSite[];
  /** Types of resources that the template has and nothing here stands for, each once, and APIs that are not WebSocket. */
  readonly ignored: readonly string[];
  /** Properties of what is run that nothing here makes anything of. */
  readonly notEmulated: readonly NotEmulated[];
  /** Lets the page on this port of the machine use `/_local`. */
  allowPage(port: number): void;
  stop(): Promise<void>;
}

/** Runs the WebSocket APIs, the functions they call and the tables of a synthesized assembly. */
export async function start({
  assembly,
  port = 0,
  sitePort,
  host,
  limits = {},
  faults: initialFaults = {},
  random,
  config: told = {},
  parameters = {},
  data,
  overHttp = false,
  watch = false,
  log = () => undefined,
}: StartOptions): Promise<Runner> {
  const read = () => readStacks(assembly, parameters);
  const stacks = await read();
  const apis = readApis(stacks);
  if (apis.length === 0) throw new TemplateError(`${assembly} has no WebSocket API`);
  const functions = new Map(apis.flatMap((api) => functionsOf(api, stacks)));

  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const servers: { api: WebSocketApi; server: GatewayServer }[] = [];
    for (const [index, api] of apis.entries()) {
      const server = await listen(index === 0 ? port : 0, host);
      stops.push(() => server.stop());
      servers.push({ api, server });
    }
    const database = new Database(stacks.flatMap(readTables), log, { data });
    stops.push(() => database.stop());
    await database.start();

    const destinations = {
      [`dynamodb.${REGION}.amazonaws.com`]: database.port,
      ...Object.fromEntries(
        servers.flatMap(({ api, server }) => hostsOf(api, server, host).map((name) => [name, server.port])),
      ),
    };
    const gateways = new Map<number, Gateway>();
    const standing = new Standing();
    const surroundings = {
      destinations,
      log,
      ...(!overHttp && {
        connections: new ShortCut(gateways, standing),
        tables: () => database.shortCut(),
      }),
    };
    const pools = new Map([...functions].map(([arn, lambda]) => [arn, new Pool(lambda, surroundings)]));
    stops.push(async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    });
    const activity = new Activity();
    const tracing = new Tracing(activity);
    const invoke: Invoke = (arn, requestId, event) => {
      const pool = pools.get(arn);
      if (pool === undefined) throw new TemplateError(`no function has the ARN ${arn}`);
      // Lambda's request id is its own, a UUID, unlike API Gateway's (PARITY I5).
      return pool.invoke(randomUUID(), event, tracing.find(requestId));
    };

    const allLimits = { ...AWS_LIMITS, ...limits };
    const faults = new Faults(initialFaults, random);
    faults.onChange(() => {
      standing.end();
      activity.tell({ type: 'faults', data: faults.settings });
    });
    const ports = new Set(servers.map(({ server }) => server.port));
    const drop = (): void => {
      for (const gateway of gateways.values()) gateway.drop();
    };
    const permissions = new Permissions(stacks);
    const account = new TokenBucket(allLimits);
    const { connectionRate } = allLimits;
    const newcomers = new TokenBucket({ rate: connectionRate, burst: connectionRate });
    const endpoints = servers.flatMap(({ api, server }) => endpointsOf(api, server));
    for (const { api, server } of servers) {
      for (const warning of [...api.warnings, ...missingPermissions(api, permissions)]) {
        log(`WARNING ${warning}`);
      }
      const gateway = new Gateway(api, {
        invoke,
        dynamodbPort: database.port,
        limits: allLimits,
        account,
        newcomers,
        permissions,
        faults,
        activity,
        tracing,
        standing,
        log,
      });
      gateways.set(server.port, gateway);
      stops.push(() => gateway.stop());
      const config = {
        webSocketUrl: endpointsOf(api, server)[0]?.webSocketUrl ?? '',
        ...unlikeAws(allLimits),
        ...told,
      };
      server.serve(gateway, config, { faults, drop, activity, ports });
    }
    const sites =
      sitePort === undefined
        ? []
        : await serveSites({
            stacks,
            port: sitePort,
            host,
            addresses: new Addresses(
              servers.map(({ api, server }) => ({ host: awsHostOf(api), port: server.port })),
            ),
            config: unlikeAws(allLimits),
            steering: { faults, drop, activity, ports },
          });
    for (const site of sites) {
      ports.add(site.port);
      stops.push(() => site.stop());
    }
    for (const arn of apis.flatMap((api) => [...likelyFunctions(api)])) pools.get(arn)?.warm();
    if (watch) {
      const written = (await stat(assembly)).isFile() ? assembly : join(assembly, 'manifest.json');
      const reread = async (): Promise<Stack[]> => {
        const now = await read();
        for (const site of sites) site.take(now);
        return now;
      };
      stops.push(await reloadOnChange({ stacks, pools, written, read: reread, log }));
    }
    return {
      port: servers[0]?.server.port ?? 0,
      endpoints,
      sites: sites.map(({ logicalId, port }) => ({ logicalId, port, url: `http://localhost:${port}` })),
      ignored: ignored(
        stacks,
        sites.flatMap(({ madeOf }) => madeOf),
      ),
      notEmulated: [...notEmulated(stacks), ...sites.flatMap((site) => site.notEmulated)],
      allowPage: (pagePort) => void ports.add(pagePort),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The functions that an API's routes and authorizers call, of whatever stack; one that no stack has is an error at start. */
function functionsOf(api: WebSocketApi, stacks: readonly Stack[]) {
  const callers = [...api.routes.values()].flatMap(({ integration: { logicalId, caller }, authorizer }) => [
    ...(caller ? [{ logicalId, functionArn: caller.functionArn }] : []),
    ...(authorizer ? [authorizer] : []),
  ]);
  return callers.map(({ logicalId, functionArn }) => {
    const lambda = findFunction(stacks, functionArn);
    if (lambda === undefined)
      throw new TemplateError(`${logicalId}: no function of the template has the ARN ${functionArn}`);
    return [functionArn, lambda] as const;
  });
}

/** Every host under which a function may call back: the one AWS would give the API, and the ones clients connect to. */
const hostsOf = (api: WebSocketApi, { port }: GatewayServer, host: string | undefined): string[] => [
  awsHostOf(api),
  ...['localhost', LOOPBACK, '[::1]', ...outwardAddresses(host)].map((name) => `${name}:${port}`),
];

const awsHostOf = ({ apiId }: WebSocketApi): string => `${apiId}.execute-api.${REGION}.amazonaws.com`;

const endpointsOf = (api: WebSocketApi, { port }: GatewayServer): Endpoint[] =>
  api.stages.map(({ name }) => ({
    api: api.name,
    stage: name,
    webSocketUrl: `ws://localhost:${port}/${name}`,
    managementUrl: `http://localhost:${port}/${name}`,
  }));
