import { type FunctionReference, functionReference } from '../template/function-reference.ts';
import type { Resource, Stack } from '../template/stack.ts';
import type { Caller } from './caller.ts';
import { matches } from './wildcards.ts';

interface Grant {
  /** Each alias and version of a function has permissions of its own (PARITY L21). */
  readonly of: FunctionReference;
  /** Undefined: whatever asks. */
  readonly sourceArn: string | undefined;
}

export const GATEWAY = 'apigateway.amazonaws.com';

/** Which functions API Gateway may call for what: the template's `AWS::Lambda::Permission`s (PARITY R23). */
export class Permissions {
  readonly #grants: readonly Grant[];
  readonly #known = new Map<string, boolean>();

  constructor(stacks: readonly Stack[]) {
    this.#grants = stacks.flatMap((stack) => stack.resources('AWS::Lambda::Permission').flatMap(readGrant));
  }

  /** Whether what has the ARN `source` may call the function. */
  allow({ functionArn, asRole }: Caller, source: string): boolean {
    if (asRole) return true;
    const question = `${functionArn} ${source}`;
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    const called = functionReference(functionArn);
    const allowed = this.#grants.some(
      (grant) =>
        grant.of.name === called.name &&
        grant.of.qualifier === called.qualifier &&
        (grant.sourceArn === undefined || matches(grant.sourceArn, source)),
    );
    this.#known.set(question, allowed);
    return allowed;
  }
}

/** The ARN of a route, as which it calls its integration. */
export const routeSource = (apiArn: string, stage: string, routeKey: string): string =>
  `${apiArn}/${stage}/${routeKey}`;
/** The ARN of an authorizer, as which it calls its function: there is no stage in it. */
export const authorizerSource = (apiArn: string, authorizerId: string): string =>
  `${apiArn}/authorizers/${authorizerId}`;

function readGrant({ properties, env: { account } }: Resource): Grant[] {
  const sourceAccount = properties.optionalText('SourceAccount') ?? account;
  const isForGateway =
    [GATEWAY, '*'].includes(properties.text('Principal')) &&
    matches(properties.text('Action'), 'lambda:InvokeFunction') &&
    sourceAccount === account;
  if (!isForGateway) return [];
  const of = functionReference(properties.text('FunctionName'));
  return [{ of, sourceArn: properties.optionalText('SourceArn') }];
}
