import { TemplateError } from '../template/values.ts';

/** The function's ARN inside the URI by which API Gateway invokes it. */
export function functionArnOf(logicalId: string, uri: string): string {
  const functionArn = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (functionArn === undefined) throw new TemplateError(`${logicalId}: ${uri} is not the URI of a function`);
  return functionArn;
}
