import { isRecord } from '../template/values.ts';
import { matches } from './wildcards.ts';

const INVOKE = 'execute-api:Invoke';

/** Whether an IAM policy document lets `methodArn` be invoked: one Allow, and no Deny. */
export function allows({ Statement }: Readonly<Record<string, unknown>>, methodArn: string): boolean {
  const statements = listOf(Statement).filter(isRecord);
  const effects = statements
    .filter(({ Action, Resource }) => matchesAny(Action, INVOKE, 'i') && matchesAny(Resource, methodArn))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const matchesAny = (patterns: unknown, value: string, flags = ''): boolean =>
  listOf(patterns).some((pattern) => typeof pattern === 'string' && matches(pattern, value, flags));
