import type { Callback } from './load-handler.ts';

/** The second argument of a handler: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface Context {
  readonly functionName: string | undefined;
  readonly functionVersion: string | undefined;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string | undefined;
  readonly awsRequestId: string;
  readonly logGroupName: string | undefined;
  readonly logStreamName: string | undefined;
  /** Of mobile applications; API Gateway gives none. */
  readonly identity: undefined;
  readonly clientContext: undefined;
  getRemainingTimeInMillis(): number;
  /** Below Node.js 24. A handler may set it. */
  callbackWaitsForEmptyEventLoop?: boolean;
}

/** `deadline`: when the function times out, in milliseconds since the epoch. */
export const contextOf = (requestId: string, deadline: number, arn: string): Context => ({
  functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
  functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
  invokedFunctionArn: arn,
  memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
  awsRequestId: requestId,
  logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
  logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
  identity: undefined,
  clientContext: undefined,
  getRemainingTimeInMillis: () => deadline - Date.now(),
});

/** Adds what a context has below Node.js 24: the setting, and three older ways to call back without waiting. */
export function addCallbacks(context: Context, callback: Callback): void {
  context.callbackWaitsForEmptyEventLoop = true;
  const done: Callback = (error, result) => {
    context.callbackWaitsForEmptyEventLoop = false;
    callback(error, result);
  };
  Object.assign(context, {
    done,
    succeed: (result?: unknown) => done(null, result),
    fail: (error?: unknown) => done(error ?? 'handled'),
  });
}
