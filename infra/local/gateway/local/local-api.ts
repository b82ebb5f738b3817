import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFaults } from '../fault-settings.ts';
import type { Faults } from '../faults.ts';
import { readBody, reply } from '../http.ts';
import { isRecord } from '../../template/values.ts';
import type { Activity } from './activity.ts';
import { isFromHere } from './guard.ts';
import { stream } from './stream.ts';

/** What `/_local` shows and steers. */
export interface Steering {
  readonly faults: Faults;
  readonly activity: Activity;
  /** Drops every socket without a close frame. */
  readonly drop: () => void;
  /** Ports of the runner and of its page. */
  readonly ports: ReadonlySet<number>;
}

export const LOCAL_PATH = '/_local/';

/** What `config.json` says of `/_local` to those who may use it (PARITY X12). */
export const localFor = (request: IncomingMessage, { ports }: Steering): { readonly local?: string } =>
  isFromHere(request, ports) ? { local: LOCAL_PATH.slice(1) } : {};

/** Answers a request for `/_local`, which steers the runner and tells what it does; it is not of AWS. */
export async function answerLocal(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  steering: Steering,
): Promise<void> {
  const { headers, method = 'GET' } = request;
  if (!isFromHere(request, steering.ports)) {
    refuse(response, 403, 'only this machine, by a loopback name, may ask');
    return;
  }
  // The page has another port, and so another origin.
  if (headers.origin !== undefined) {
    response.setHeader('access-control-allow-origin', headers.origin);
    response.setHeader('access-control-allow-headers', 'content-type');
    response.setHeader('vary', 'origin');
  }
  switch (`${method} ${path.slice(LOCAL_PATH.length)}`) {
    case 'OPTIONS faults':
      reply(response, 204, {}, '');
      return;
    case 'GET faults':
      answer(response, steering.faults.settings);
      return;
    case 'POST faults':
      changeFaults(response, await readBody(request), steering);
      return;
    case 'GET connections':
      answer(response, steering.activity.connections);
      return;
    case 'GET invocations':
      answer(response, steering.activity.invocations);
      return;
    case 'GET stream':
      stream(response, steering.activity);
      return;
    default:
      refuse(response, 404, `there is no ${method} ${path}`);
  }
}

/** Takes all of it or nothing. `dropNow` is no setting: it happens once. */
function changeFaults(response: ServerResponse, body: string, { faults, drop }: Steering): void {
  try {
    const asked: unknown = JSON.parse(body);
    if (!isRecord(asked)) throw new Error('faults must be an object of names and numbers');
    const { dropNow = false, ...settings } = asked;
    if (typeof dropNow !== 'boolean') throw new Error('dropNow must be true or false');
    faults.change(readFaults(settings));
    if (dropNow) drop();
  } catch (error) {
    refuse(response, 400, error instanceof Error ? error.message : String(error));
    return;
  }
  answer(response, faults.settings);
}

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

const answer = (response: ServerResponse, value: unknown): void =>
  reply(response, 200, HEADERS, JSON.stringify(value));
const refuse = (response: ServerResponse, status: number, message: string): void =>
  reply(response, status, HEADERS, JSON.stringify({ message }));
