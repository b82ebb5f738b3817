import type { Integration, Route } from './api.ts';
import type { GatewayEvent } from './events.ts';
import type { Sharing } from './sharing.ts';
import type { Invocation } from './local/activity.ts';
import { functionNameOf } from './caller.ts';
import { routeSource } from './permissions.ts';
import { callProxy, type InvokeResult, type ProxyResult } from './proxy.ts';

type Surroundings = Pick<Sharing, 'invoke' | 'limits' | 'permissions' | 'activity' | 'log'>;

/** The calls that one API makes to functions: whether it may, for how long, and how each went. */
export class FunctionCalls {
  readonly #apiId: string;
  readonly #surroundings: Surroundings;

  constructor(apiId: string, surroundings: Surroundings) {
    this.#apiId = apiId;
    this.#surroundings = surroundings;
  }

  /** Asks an authorizer. */
  async ask(functionArn: string, requestId: string, event: string): Promise<InvokeResult> {
    const before = performance.now();
    const result = await this.#surroundings.invoke(functionArn, requestId, event);
    const outcome = result.type === 'success' ? 'answered' : 'failed';
    this.#record(functionArn, requestId, 'authorizer', before, outcome);
    return result;
  }

  #record(
    functionArn: string,
    requestId: string,
    route: string,
    before: number,
    outcome: Invocation['outcome'],
  ): void {
    const ms = Math.round((performance.now() - before) * 10) / 10;
    this.#surroundings.activity.invoked({
      function: functionNameOf(functionArn),
      requestId,
      route,
      ms,
      outcome,
    });
  }

  /** Calls the integration of a route, where it may. */
  async call({ key, integration }: Route, stage: string, event: GatewayEvent): Promise<ProxyResult> {
    const source = routeSource(this.#apiId, stage, key);
    const before = performance.now();
    const result = this.#surroundings.permissions.allow(integration, source)
      ? await this.#callIntegration(integration, event)
      : ({ type: 'not-permitted' } as const);
    this.#record(integration.functionArn, event.requestId, key, before, result.type);
    return result;
  }

  async #callIntegration(integration: Integration, event: GatewayEvent): Promise<ProxyResult> {
    const timeoutMs = Math.min(integration.timeoutMs, this.#surroundings.limits.integrationTimeoutMs);
    const result = await callProxy({ ...integration, timeoutMs }, event, this.#surroundings.invoke);
    if (result.type !== 'answered') {
      const problem =
        result.type === 'failed'
          ? 'failed or answered in another shape than a proxy integration needs'
          : 'timed out';
      this.#surroundings.log(`gateway ${event.requestId} ${integration.logicalId} ${problem}`);
    }
    return result;
  }
}
