import { addCallbacks, contextOf } from './context.ts';
import { type Callback, type Handler, hasCallbacks } from './load-handler.ts';
import { describeError, type Invocation, type Outcome, type WorkerSetup } from './messages.ts';

/**
 * Runs one event through the handler and calls `done` once, with what the Lambda runtime would answer:
 * the promise's value, the callback's result once nothing is left to wait for, or the error.
 */
export function invoke(
  handler: Handler,
  invocation: Invocation,
  setup: Pick<WorkerSetup, 'arn' | 'nodeVersion' | 'timeoutMs'>,
  done: (outcome: Outcome) => void,
): void {
  let finished = false;
  let isAsync = false;
  /** What to do once the thread has nothing left to wait for. What was never settled by then never will be. */
  let onEmptyLoop = (): void => {
    once(() => {
      finish(
        isAsync
          ? { type: 'failure', error: { errorType: 'Runtime.NodeJsExit', errorMessage: NEVER_SETTLED } }
          : { type: 'success', payload: undefined },
      );
    });
  };
  const emptyLoop = (): void => onEmptyLoop();
  const once = (act: () => void): void => {
    if (finished) return;
    finished = true;
    act();
  };
  const finish = (outcome: Outcome): void => {
    process.off('beforeExit', emptyLoop);
    done(outcome);
  };
  const fail = (thrown: unknown): void => {
    finish({ type: 'failure', error: describeError(thrown) });
  };
  const succeed = (result: unknown): void => {
    let payload: string | undefined;
    try {
      payload = serialize(result);
    } catch (error) {
      fail(error); // A circular result: only serializing shows it.
      return;
    }
    if (payload !== undefined && Buffer.byteLength(payload) > MOST_RESULT_BYTES) finish(TOO_LARGE);
    else finish({ type: 'success', payload });
  };

  const context = contextOf(invocation.requestId, Date.now() + setup.timeoutMs, setup.arn);
  const callback: Callback = (error, result) => {
    once(() => {
      if (error !== undefined && error !== null) fail(error);
      else if (context.callbackWaitsForEmptyEventLoop === true) onEmptyLoop = () => succeed(result);
      else succeed(result);
    });
  };

  const withCallbacks = hasCallbacks(setup.nodeVersion);
  // The runtimes without callbacks let a turn of the event loop pass first: what was rejected and is handled by nobody
  // fails this event (PARITY L32).
  const settle = (act: () => void): void => once(withCallbacks ? act : () => setImmediate(act));

  process.on('beforeExit', emptyLoop);
  try {
    const event: unknown = JSON.parse(invocation.event);
    if (withCallbacks) addCallbacks(context, callback);
    const result = withCallbacks ? handler(event, context, callback) : handler(event, context);
    if (isThenable(result)) {
      isAsync = true;
      Promise.resolve(result).then(
        (value) => settle(() => succeed(value)),
        (error: unknown) => settle(() => fail(error)),
      );
    } else if (!withCallbacks) {
      settle(() => succeed(result));
    }
  } catch (error) {
    settle(() => fail(error));
  }
}

/** Of a synchronous invocation (docs: Lambda quotas; PARITY L29). */
const MOST_RESULT_BYTES = 6 * 1024 * 1024;
const TOO_LARGE: Outcome = {
  type: 'failure',
  error: {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'The result is longer than the 6 MB that a function may answer with',
  },
};

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. ' +
  'This is most commonly caused by a Promise that was never settled.';

/** Undefined for what JSON has nothing for. */
const serialize = (result: unknown): string | undefined => JSON.stringify(result);

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
