import { TemplateError } from '../template/values.ts';

/** Something of an API that calls a function. */
export interface Caller {
  readonly functionArn: string;
  /** Whether it calls as a role of its own: then the function's permissions do not count. */
  readonly asRole: boolean;
}

/** The function's ARN inside the URI by which API Gateway invokes it, or the URI itself when it is an ARN (PARITY R24). */
export function functionArnOf(logicalId: string, uri: string): string {
  if (/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/.test(uri)) return uri;
  const functionArn = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (functionArn === undefined) throw new TemplateError(`${logicalId}: ${uri} is not the URI of a function`);
  return functionArn;
}

/** A function's name, given by name, by ARN or by the end of one. */
export const functionNameOf = (name: string): string => /(?:^|:)function:([^:]+)/.exec(name)?.[1] ?? name;
