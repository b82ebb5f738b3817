import type { Connections } from '../lambda/connections.ts';
import type { LocalAnswer, LocalCall } from '../lambda/local-request.ts';
import type { Gateway } from './gateway.ts';
import type { RequestTrace } from './local/tracing.ts';
import type { Standing } from './standing.ts';

/** The way from functions to `@connections` past HTTP: the same answers, without the sockets. */
export class ShortCut implements Connections {
  readonly standing: Standing;
  readonly #gateways: ReadonlyMap<number, Gateway>;

  /** `gateways` by the port that each listens on; they may come later. */
  constructor(gateways: ReadonlyMap<number, Gateway>, standing: Standing) {
    this.#gateways = gateways;
    this.standing = standing;
  }

  answer(
    call: LocalCall,
    trace?: RequestTrace,
  ): { answer: LocalAnswer; epoch: number | undefined } | undefined {
    const management = this.#gateways.get(call.port)?.management;
    if (management === undefined) return { answer: { status: 503, headers: {}, body: '' }, epoch: undefined };
    const answer = management.answer(call, trace);
    if (answer === undefined) return undefined;
    const stands = call.method === 'POST' && answer.status === 200 && management.takesPosts(call.path);
    return { answer, epoch: stands ? this.standing.epoch : undefined };
  }

  post({ port, path, body }: LocalCall, trace?: RequestTrace): void {
    this.#gateways.get(port)?.management.post(path, body, trace);
  }
}
