import type { GatewayEvent } from './events.ts';
import type { Sharing } from './sharing.ts';
import { functionArnIn, functionNameOf } from './caller.ts';
import type { Outcome } from '../lambda/messages.ts';
import { section } from '../template/values.ts';
import type { Integration, IntegrationResult } from './integrations/integration.ts';
import { routeSource } from './permissions.ts';
import type { Route } from './route.ts';

type Surroundings = Pick<Sharing, 'invoke' | 'dynamodbPort' | 'limits' | 'permissions' | 'activity' | 'log'>;

/** The calls that one API makes to what is behind it: whether it may, for how long, and how each went. */
export class Calls {
  readonly #apiArn: string;
  readonly #surroundings: Surroundings;

  constructor(apiArn: string, surroundings: Surroundings) {
    this.#apiArn = apiArn;
    this.#surroundings = surroundings;
  }

  /** Asks an authorizer. */
  async ask(functionArn: string, requestId: string, event: string): Promise<Outcome> {
    const before = performance.now();
    const result = await this.#surroundings.invoke(functionArn, requestId, event);
    const outcome = result.type === 'success' ? 'answered' : 'failed';
    const name = functionNameOf(functionArn);
    this.#surroundings.activity.invoked({ function: name, requestId, route: 'authorizer', outcome }, before);
    return result;
  }

  /** Calls the integration of a route, where it may. */
  async call(route: Route, stage: string, event: GatewayEvent): Promise<IntegrationResult> {
    const { key, integration } = route;
    const before = performance.now();
    const result = this.#refusal(route, stage, event) ?? (await this.#callIntegration(integration, event));
    if (result.type !== 'answered') this.#explain(result, integration, event);
    const { requestId, connectionId } = event;
    const { target } = integration;
    const invocation = { function: target, requestId, connectionId, route: key, outcome: result.type };
    this.#surroundings.activity.invoked(invocation, before);
    return result;
  }

  #refusal(
    { key, integration: { caller }, check }: Route,
    stage: string,
    { body: event }: GatewayEvent,
  ): IntegrationResult | undefined {
    if (check !== undefined && !check(String(event['body']))) {
      return {
        type: 'refused',
        status: 400,
        message: 'Invalid request body',
        why: 'is not called: no model fits',
      };
    }
    const isAllowed =
      caller === undefined ||
      this.#surroundings.permissions.allow(
        { ...caller, functionArn: functionArnIn(caller.functionArn, section(event, 'stageVariables')) },
        routeSource(this.#apiArn, stage, key),
      );
    return isAllowed ? undefined : { type: 'not-permitted' };
  }

  async #callIntegration(integration: Integration, event: GatewayEvent): Promise<IntegrationResult> {
    const { promise: expired, resolve: expire } = Promise.withResolvers<IntegrationResult>();
    const timeoutMs = Math.min(integration.timeoutMs, this.#surroundings.limits.integrationTimeoutMs);
    const timer = setTimeout(() => expire({ type: 'timed-out' }), timeoutMs);
    try {
      return await Promise.race([integration.invoke(event, this.#surroundings, timeoutMs), expired]);
    } finally {
      clearTimeout(timer);
    }
  }

  #explain(result: IntegrationResult, { logicalId }: Integration, { requestId }: GatewayEvent): void {
    const problem = {
      answered: undefined,
      failed: 'failed or answered in another shape than a proxy integration needs',
      'timed-out': 'timed out',
      'not-permitted': undefined, // Said at the start.
      refused: result.type === 'refused' ? result.why : undefined,
    }[result.type];
    if (problem !== undefined) this.#surroundings.log(`gateway ${requestId} ${logicalId} ${problem}`);
  }
}
