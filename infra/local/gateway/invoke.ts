/** Runs one event, as JSON text, in the function with this ARN. */
export type Invoke = (functionArn: string, requestId: string, event: string) => Promise<InvokeResult>;
export type InvokeResult =
  | { readonly type: 'success'; readonly payload: string | undefined }
  | {
      readonly type: 'failure';
      /** What the function threw, as Lambda answers it. */ readonly error: FunctionError;
    };
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
