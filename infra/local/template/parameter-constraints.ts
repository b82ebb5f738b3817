import { TemplateError } from './values.ts';

/**
 * Throws unless a parameter's value, or each item of a list, is as its declaration wants it: `AllowedValues`, `AllowedPattern`,
 * which the whole must match, `MinLength` and `MaxLength` in characters, `MinValue` and `MaxValue` (docs: Parameters).
 */
export function checkConstraints(
  name: string,
  declaration: Readonly<Record<string, unknown>>,
  value: string,
): void {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue, ConstraintDescription } =
    declaration;
  const refuse = (wanted: string): never => {
    const why = typeof ConstraintDescription === 'string' ? ` (${ConstraintDescription})` : '';
    throw new TemplateError(`parameter ${name} must ${wanted}, not ${value || 'nothing'}${why}`);
  };
  if (Array.isArray(AllowedValues) && !AllowedValues.map(String).includes(value)) {
    refuse(`be one of ${AllowedValues.join(', ')}`);
  }
  if (typeof AllowedPattern === 'string' && !matches(AllowedPattern, value)) {
    refuse(`match ${AllowedPattern}`);
  }
  // A limit that is not there is no number, and nothing is on its wrong side.
  if (value.length < Number(MinLength)) refuse(`have at least ${String(MinLength)} characters`);
  if (value.length > Number(MaxLength)) refuse(`have at most ${String(MaxLength)} characters`);
  if (Number(value) < Number(MinValue)) refuse(`be at least ${String(MinValue)}`);
  if (Number(value) > Number(MaxValue)) refuse(`be at most ${String(MaxValue)}`);
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(value);
  } catch {
    return true; // It is written for Java, and what only Java reads cannot be checked (PARITY F4).
  }
}
