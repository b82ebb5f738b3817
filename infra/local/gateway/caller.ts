import { functionReference } from '../template/function-reference.ts';
import { TemplateError } from '../template/values.ts';

/** Something of an API that calls a function. */
export interface Caller {
  /** As the template has it: stage variables may stand for parts of it. */
  readonly functionArn: string;
  /** Whether it calls as a role of its own: then the function's permissions do not count. */
  readonly asRole: boolean;
}

/** The function's ARN inside the URI by which API Gateway invokes it, or the URI itself when it is an ARN (PARITY R25). */
export function functionArnOf(logicalId: string, uri: string): string {
  if (/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/.test(uri)) return uri;
  const functionArn = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (functionArn === undefined) throw new TemplateError(`${logicalId}: ${uri} is not the URI of a function`);
  return functionArn;
}

/** `${stageVariables.name}`, in the URI of an integration. */
export const STAGE_VARIABLE = /\$\{stageVariables\.([^}]+)\}/g;

/** The ARN of the function that is called in a stage with these variables (PARITY R29). */
export const functionArnIn = (functionArn: string, variables: Readonly<Record<string, unknown>>): string =>
  functionArn.replaceAll(STAGE_VARIABLE, (_all, name: string) => {
    const value = variables[name];
    return typeof value === 'string' ? value : '';
  });

/** The name of the function with this ARN. */
export const functionNameOf = (functionArn: string): string => functionReference(functionArn).name;

/** Its name, and after it the alias or the version that the ARN is of: `name:live`. */
export function qualifiedNameOf(functionArn: string): string {
  const { name, qualifier } = functionReference(functionArn);
  return qualifier === undefined ? name : `${name}:${qualifier}`;
}
