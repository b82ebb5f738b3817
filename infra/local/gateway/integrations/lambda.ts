import { functionArnIn, functionNameOf, type Caller } from '../caller.ts';
import type { Invoke } from '../invoke.ts';
import { Refusal } from './integration.ts';
import type { Backend, BackendRequest } from './mapped.ts';
import type { BackendResponse } from './responses.ts';

/** A function as a non-proxy integration: the mapped body is its event, its result the response (PARITY N5). */
export const lambdaBackend = (caller: Caller): Backend => ({
  target: functionNameOf(caller.functionArn),
  caller,
  async call(request, { invoke }) {
    const event = eventOf(request);
    if (isAsynchronous(request)) {
      // What becomes of it concerns nobody here: the function's log tells.
      start(invoke, caller, request, event).catch(() => undefined);
      return { statusCode: 202, headers: {}, body: Buffer.alloc(0), outcome: undefined };
    }
    return start(invoke, caller, request, event);
  },
});

async function start(
  invoke: Invoke,
  { functionArn }: Caller,
  { request }: BackendRequest,
  event: string,
): Promise<BackendResponse> {
  const called = functionArnIn(functionArn, request.stageVariables);
  const result = await invoke(called, request.requestId, event);
  // Lambda's own answer is 200 when a function throws, too: its error is the body.
  return result.type === 'success'
    ? { statusCode: 200, headers: {}, body: Buffer.from(result.payload ?? 'null'), outcome: undefined }
    : {
        statusCode: 200,
        headers: {},
        body: Buffer.from(JSON.stringify(result.error)),
        outcome: result.error.errorMessage,
      };
}

/** `X-Amz-Invocation-Type: Event`, as Lambda's own API takes it (docs: asynchronous invocation of a backend function). */
const isAsynchronous = ({ parameters }: BackendRequest): boolean =>
  Object.entries(parameters.header).some(
    ([name, values]) => name.toLowerCase() === 'x-amz-invocation-type' && values.at(-1) === 'Event',
  );

function eventOf({ body }: BackendRequest): string {
  const text = body.toString('utf8');
  if (text.trim() === '') return '{}';
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new Refusal('made an event that is not JSON, which Lambda does not take');
  }
}
