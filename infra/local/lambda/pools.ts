import { randomUUID } from 'node:crypto';
import type { RequestTrace } from '../gateway/local/tracing.ts';
import { TemplateError } from '../template/values.ts';
import type { LambdaFunction } from './function.ts';
import type { Outcome } from './messages.ts';
import { Pool } from './pool.ts';
import type { Surroundings } from './thread.ts';

/** The functions of a runner, by the ARNs that they are called by. */
export class Pools {
  readonly byArn: ReadonlyMap<string, Pool>;

  constructor(functions: ReadonlyMap<string, LambdaFunction>, surroundings: Surroundings) {
    this.byArn = new Map([...functions].map(([arn, lambda]) => [arn, new Pool(lambda, surroundings)]));
  }

  /**
   * Runs one event, given as JSON text. `trace`: that of the request to the gateway; `requestId`: Lambda's own, a UUID, unlike
   * API Gateway's (PARITY I5).
   */
  invoke(
    arn: string,
    event: string,
    trace?: RequestTrace,
    requestId: string = randomUUID(),
  ): Promise<Outcome> {
    const pool = this.byArn.get(arn);
    if (pool === undefined) throw new TemplateError(`no function has the ARN ${arn}`);
    return pool.invoke(requestId, event, trace);
  }

  /** Loads a first instance of these. */
  warm(arns: Iterable<string>): void {
    for (const arn of arns) this.byArn.get(arn)?.warm();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.byArn.values()].map((pool) => pool.stop()));
  }
}
