import { isRecord } from '../template/values.ts';

/** Makes one call to the local DynamoDB; rejects with what it answered when that is an error. */
export type Call = (operation: string, input: unknown) => Promise<unknown>;

/** DynamoDB said no. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  readonly #answer: string;

  constructor(operation: string, answer: string) {
    super(`${operation} was refused: ${sentenceIn(answer)}`);
    this.#answer = answer;
  }

  /** Whether the answer is this exception of DynamoDB's. */
  is(exception: string): boolean {
    return this.#answer.includes(`#${exception}"`);
  }
}

/** What DynamoDB says for people; all of the answer when it has another form. */
function sentenceIn(answer: string): string {
  try {
    const said: unknown = JSON.parse(answer);
    const sentence = isRecord(said) ? (said['message'] ?? said['Message']) : undefined;
    return typeof sentence === 'string' ? sentence : answer;
  } catch {
    return answer;
  }
}

/** Sends one request to the database on a port of this machine. `caller`: who asks, for the log. */
export const send = (
  port: number,
  operation: string,
  body: string,
  { caller, signal }: { readonly caller?: string; readonly signal?: AbortSignal } = {},
): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20000101T000000Z',
      ...(caller !== undefined && { 'x-amz-security-token': caller }),
    },
    body,
    ...(signal && { signal }),
  });

/** Calls to the database on a port of this machine; `caller` makes them. */
export const callsTo =
  (port: () => number, caller: string): Call =>
  async (operation, input) => {
    const response = await send(port(), operation, JSON.stringify(input), { caller });
    if (!response.ok) throw new RefusedCall(operation, await response.text());
    return response.json();
  };
