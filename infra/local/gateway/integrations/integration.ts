import type { Caller } from '../caller.ts';
import type { GatewayEvent } from '../events.ts';
import type { TroubleMessage } from '../frames.ts';
import type { Invoke } from '../invoke.ts';

/** What stands behind a route. Which kind it is, is decided once, when the template is read. */
export interface Integration {
  readonly logicalId: string;
  /** Milliseconds that it may take at most. */
  readonly timeoutMs: number;
  /** What it calls, for people: a function's name, `dynamodb:PutItem`, a URL, `MOCK`. */
  readonly target: string;
  /** What will not work as the template stands: the ends of sentences that begin with its logical id. */
  readonly warnings?: readonly string[];
  /** The function that it calls, when it calls one. */
  readonly caller?: Caller;
  /** Hands the event on and reads the answer. `timeoutMs`: whoever waits for it gives up after this long. */
  invoke(event: GatewayEvent, backends: Backends, timeoutMs: number): Promise<IntegrationResult>;
}

/** What integrations reach on this machine. */
export interface Backends {
  readonly invoke: Invoke;
  /** The port of the loopback interface on which the local tables listen. */
  readonly dynamodbPort: number;
}

/** What an integration came to, seen by the gateway. */
export type IntegrationResult =
  | {
      readonly type: 'answered';
      readonly statusCode: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | undefined;
    }
  /** The function of a proxy failed, or its result is not of the proxy's shape (PARITY H11, R11). */
  | { readonly type: 'failed' }
  | { readonly type: 'timed-out' }
  /** API Gateway may not call the function, and did not (PARITY R23). */
  | { readonly type: 'not-permitted' }
  /** The gateway itself says no, or cannot make the call: the status of a handshake, the text for a client, and why. */
  | {
      readonly type: 'refused';
      readonly status: number;
      readonly message: TroubleMessage;
      readonly why: string;
    };

/** Ends a call of an integration as `refused`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly told: TroubleMessage;

  constructor(why: string, status = 500, told: TroubleMessage = 'Internal server error') {
    super(why);
    this.status = status;
    this.told = told;
  }
}

/** Runs a call whose templates or backend may fail: what they throw is a refusal, never the runner's end. */
export async function orRefused(call: () => Promise<IntegrationResult>): Promise<IntegrationResult> {
  try {
    return await call();
  } catch (error) {
    const { message, status, told } =
      error instanceof Refusal
        ? error
        : new Refusal(`failed: ${error instanceof Error ? error.message : String(error)}`);
    return { type: 'refused', status, message: told, why: message };
  }
}
