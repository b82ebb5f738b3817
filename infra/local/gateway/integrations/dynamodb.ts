import { send } from '../../dynamodb/calls.ts';
import { TemplateError } from '../../template/values.ts';
import { Refusal } from './integration.ts';
import type { Backend } from './mapped.ts';
import type { ServiceCall } from './uri.ts';

/** One action of DynamoDB on the local tables: the mapped body is its input (PARITY N2). */
export function dynamodbBackend(logicalId: string, { kind, rest }: ServiceCall): Backend {
  const [, action] = /^([A-Za-z]+)$/.exec(rest) ?? [];
  if (kind !== 'action' || action === undefined) {
    throw new TemplateError(`${logicalId}: dynamodb:${kind}/${rest} is not an action of DynamoDB`);
  }
  return {
    target: `dynamodb:${action}`,
    async call({ body, timeoutMs }, { dynamodbPort }) {
      try {
        const response = await send(dynamodbPort, action, body.toString('utf8'), {
          caller: logicalId,
          signal: AbortSignal.timeout(timeoutMs),
        });
        return {
          statusCode: response.status,
          headers: Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]])),
          body: Buffer.from(await response.arrayBuffer()),
          outcome: String(response.status),
        };
      } catch (error) {
        throw new Refusal(`could not reach the local tables: ${String(error)}`);
      }
    },
  };
}
