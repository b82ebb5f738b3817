import { type FunctionReference, functionReference } from '../template/function-reference.ts';
import { ACCOUNT, REGION } from '../template/identities.ts';
import type { Properties } from '../template/properties.ts';
import type { Stack } from '../template/stack.ts';
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
    this.#grants = stacks.flatMap((stack) =>
      stack.resources('AWS::Lambda::Permission').flatMap(({ properties }) => readGrant(properties)),
    );
  }

  /** Whether `source`, the part of an ARN from the API's id on, may call the function. */
  allow({ functionArn, asRole }: Caller, source: string): boolean {
    if (asRole) return true;
    const question = `${functionArn} ${source}`;
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    const called = functionReference(functionArn);
    const arn = sourceArnOf(source);
    const allowed = this.#grants.some(
      (grant) =>
        grant.of.name === called.name &&
        grant.of.qualifier === called.qualifier &&
        (grant.sourceArn === undefined || matches(grant.sourceArn, arn)),
    );
    this.#known.set(question, allowed);
    return allowed;
  }
}

/** What a route is when it calls its integration. */
export const routeSource = (apiId: string, stage: string, routeKey: string): string =>
  `${apiId}/${stage}/${routeKey}`;
/** What an authorizer is when it calls its function: there is no stage in it. */
export const authorizerSource = (apiId: string, authorizerId: string): string =>
  `${apiId}/authorizers/${authorizerId}`;

function readGrant(properties: Properties): Grant[] {
  const sourceAccount = properties.optionalText('SourceAccount') ?? ACCOUNT;
  const isForGateway =
    [GATEWAY, '*'].includes(properties.text('Principal')) &&
    matches(properties.text('Action'), 'lambda:InvokeFunction') &&
    sourceAccount === ACCOUNT;
  if (!isForGateway) return [];
  const of = functionReference(properties.text('FunctionName'));
  return [{ of, sourceArn: properties.optionalText('SourceArn') }];
}

/** The ARN that a permission's `SourceArn` is held against. */
export const sourceArnOf = (source: string): string => `arn:aws:execute-api:${REGION}:${ACCOUNT}:${source}`;
