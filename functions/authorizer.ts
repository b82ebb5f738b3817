/** Sign-in: says who wants to connect, before `$connect` is asked [P27]. Deployed with `-c auth=jwt` alone. */
import { isSubject, TOKEN_PREFIX } from '#protocol';
import { type AuthorizerEvent, header } from './events.ts';
import { createLog, type Log, writeLine } from './log.ts';
import { offeredWith } from './offer.ts';
import { createSignIn, readIssuer, type SignIn } from './sign-in.ts';

interface Parts {
  readonly signIn: SignIn;
  readonly log: Pick<Log, 'warning'>;
}

/** What API Gateway wants to hear. It keeps no answer of an authorizer of a WebSocket API, so none reaches another's handshake. */
interface Verdict {
  readonly principalId: string;
  readonly policyDocument: object;
  /** What `$connect` finds in its `requestContext.authorizer`. */
  readonly context?: { readonly subject: string };
}

export const authorizer =
  ({ signIn, log }: Parts) =>
  async (event: AuthorizerEvent): Promise<Verdict> => {
    const token = offeredWith(TOKEN_PREFIX, header(event, 'sec-websocket-protocol'));
    const { subject, wrong } = token === undefined ? { wrong: 'no token' } : await signIn(token);
    if (isSubject(subject)) {
      return { principalId: subject, policyDocument: policy('Allow', event), context: { subject } };
    }
    const { connectionId, requestId } = event.requestContext;
    const reason = wrong ?? 'the token names no subject of a kind that can be passed on';
    log.warning('somebody was not let in', { connectionId, requestId, reason });
    // Not thrown: a stranger's bad token would count as a fault of the function.
    return { principalId: 'nobody', policyDocument: policy('Deny', event) };
  };

const policy = (effect: 'Allow' | 'Deny', { methodArn }: AuthorizerEvent): object => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }],
});

const { AWS_LAMBDA_FUNCTION_NAME: functionName = '' } = process.env;

export const handler = authorizer({
  signIn: createSignIn(readIssuer(process.env)),
  log: createLog(functionName, writeLine),
});
