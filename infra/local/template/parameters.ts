import { checkConstraints } from './parameter-constraints.ts';
import { isRecord, TemplateError } from './values.ts';

const NEEDS_ACCOUNT = 'which needs an account';

/** Whether a parameter's value is the name of the SSM parameter that has the real one. */
export const isFromSsm = (declaration: unknown): boolean =>
  isRecord(declaration) && String(declaration['Type']).startsWith('AWS::SSM::');

/**
 * What `Ref` yields for a parameter. For one that is read from SSM, `given` is the value itself, not its name in SSM:
 * here nobody could look it up.
 */
export function parameterValue(
  name: string,
  declaration: Readonly<Record<string, unknown>>,
  given: unknown,
): unknown {
  if (given === undefined && isFromSsm(declaration)) {
    throw new TemplateError(`parameter ${name} is read from SSM, ${NEEDS_ACCOUNT}: give its value`);
  }
  const value = given ?? declaration['Default'];
  if (value === undefined) throw new TemplateError(`parameter ${name} is not given and has no default`);
  const { Type } = declaration;
  // CloudFormation's parameters are text, however JSON writes them.
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (Type === 'Number' && (text.trim() === '' || Number.isNaN(Number(text)))) {
    throw new TemplateError(`parameter ${name} must be a number, not ${text || 'nothing'}`);
  }
  const isList = /^(AWS::SSM::Parameter::Value<)?(List<|CommaDelimitedList)/.test(String(Type));
  const items = isList ? text.split(',').map((item) => item.trim()) : [text];
  for (const item of items) checkConstraints(name, declaration, item);
  if (Array.isArray(value)) return value;
  return isList ? items : text;
}

/** Throws when a dynamic reference stands anywhere in a resolved property. */
export function refuseDynamicReferences(value: unknown): void {
  if (typeof value === 'string') {
    const [reference, service] = /\{\{resolve:(ssm|ssm-secure|secretsmanager):[^}]*\}\}/.exec(value) ?? [];
    if (reference === undefined) return;
    const source = service === 'secretsmanager' ? 'Secrets Manager' : 'SSM';
    throw new TemplateError(`${reference} is read from ${source}, ${NEEDS_ACCOUNT}`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const item of Object.values(value)) refuseDynamicReferences(item);
}
