import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { replyToFailure } from '../gateway/http.ts';
import { answerLocal, LOCAL_PATH, localFor, type Steering } from '../gateway/local/local-api.ts';
import { parseTarget } from '../gateway/target.ts';
import { listenAt } from '../listen.ts';
import type { Logger } from '../log.ts';
import type { Stack } from '../template/stack.ts';
import { isRecord } from '../template/values.ts';
import { type Addresses, calledName } from './addresses.ts';
import { Answering } from './answer.ts';
import { readSites } from './read-sites.ts';
import type { Site } from './site.ts';

/** A site that can be reached. */
export interface SiteServer {
  /** The distribution. */
  readonly logicalId: string;
  readonly port: number;
  readonly madeOf: Site['madeOf'];
  readonly notEmulated: Site['notEmulated'];
  /** Serves what these stacks have deployed, if they still have this site. */
  take(stacks: readonly Stack[]): void;
  readonly stop: () => Promise<void>;
}

export interface Serving {
  readonly stacks: readonly Stack[];
  /** Of the first site (0: any free one); a further one takes any free port. */
  readonly port: number;
  /** The address to be reached at besides loopback. */
  readonly host: string | undefined;
  readonly addresses: Addresses;
  /** What a site's `config.json` says here besides what was deployed (PARITY S13). */
  readonly config: object;
  readonly steering: Steering;
  readonly log: Logger;
}

/** What a page reads to know where it runs. */
const CONFIG = 'config.json';

/** Serves every site of the stacks, each at a port of its own. */
export async function serveSites({ stacks, port, host, ...serving }: Serving): Promise<SiteServer[]> {
  const servers: SiteServer[] = [];
  try {
    for (const site of readSites(stacks)) {
      const first = servers.length === 0;
      servers.push(await serveSite(site, { ...serving, stacks, port: first ? port : 0, host }));
    }
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  }
  return servers;
}

async function serveSite(site: Site, serving: Serving): Promise<SiteServer> {
  const { logicalId, madeOf, notEmulated } = site;
  let answering = new Answering(site);
  const take = (stacks: readonly Stack[]): void => {
    const found = readSites(stacks).find((one) => one.logicalId === logicalId);
    if (found !== undefined) answering = new Answering(found);
  };
  const server = createServer((request, response) => {
    answer(request, response, answering, serving).catch((error: unknown) =>
      replyToFailure(request, response, error, serving.log),
    );
  });
  const listening = await listenAt(server, serving.port, { flag: '--site-port', host: serving.host });
  return { logicalId, madeOf, notEmulated, port: listening.port, take, stop: listening.stop };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Answering,
  { addresses, config, steering }: Serving,
): Promise<void> {
  const { path } = parseTarget(request.url);
  if (path.startsWith(LOCAL_PATH)) {
    await answerLocal(request, response, path, steering);
    return;
  }
  const { headers, method = 'GET' } = request;
  const name = calledName(headers.host);
  const told = { ...config, ...localFor(request, steering) };
  const answered = await site.answer(
    { method, path, headers },
    {
      header: (value) => addresses.in(value, name),
      object: (key, text) => {
        const here = addresses.in(text, name);
        return key === CONFIG ? withFields(here, told) : here;
      },
    },
  );
  response.writeHead(answered.status, answered.headers);
  response.end(answered.body);
}

/** The JSON object with further fields; any other text as it is. */
function withFields(text: string, fields: object): string {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? JSON.stringify({ ...value, ...fields }) : text;
  } catch {
    return text; // What the page makes of it is the page's to say.
  }
}
