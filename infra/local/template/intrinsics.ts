import { isRecord, TemplateError } from './values.ts';

/** What the intrinsic functions of one stack can look up. */
export interface Scope {
  /** The value of a parameter, a pseudo-parameter or a resource's physical id. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  /** Undefined when there is no such mapping. */
  mapping(map: string, first: string, second: string): unknown;
  /** What another stack exports under this name. */
  imported(exportName: string): unknown;
  /** Whether the template has `Transform: AWS::LanguageExtensions`. */
  readonly extended: boolean;
}

/** Stands for a property that is not there (`AWS::NoValue`); never leaves this file inside an object or a list. */
const ABSENT = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** The intrinsic functions that CloudFormation resolves before it creates a resource. */
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => {
    const name = text(argument, 'Ref');
    return name === 'AWS::NoValue' ? ABSENT : scope.ref(name);
  },
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...rest] =
      typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    return scope.attribute(
      text(logicalId, 'Fn::GetAtt'),
      rest.map((part) => text(evaluate(part, scope), 'Fn::GetAtt')).join('.'),
    );
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument, 'Fn::Join');
    return list(evaluate(parts, scope), 'Fn::Join')
      .map((part) => scalar(part, 'Fn::Join'))
      .join(text(separator, 'Fn::Join'));
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, 'Fn::Sub');
    const own = evaluate(variables, scope);
    return text(template, 'Fn::Sub').replace(
      /\$\{(!?)([^}]*)\}/g,
      (_whole, literal: string, name: string) => {
        if (literal !== '') return `\${${name}}`;
        if (isRecord(own) && name in own) return scalar(own[name], 'Fn::Sub');
        const dot = name.indexOf('.');
        const value = dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
        return scalar(value, 'Fn::Sub');
      },
    );
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = list(evaluate(argument, scope), 'Fn::Select');
    const item = list(items, 'Fn::Select')[Number(index)];
    if (item === undefined) {
      throw new TemplateError(
        `Fn::Select asks for ${written(index)} of ${written(items)}, which counts from 0`,
      );
    }
    return item;
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = list(evaluate(argument, scope), 'Fn::Split');
    return text(source, 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument, 'Fn::If');
    return resolve(scope.condition(text(name, 'Fn::If')) ? yes : no, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, last] = list(evaluate(argument, scope), 'Fn::FindInMap');
    const found = scope.mapping(
      scalar(map, 'Fn::FindInMap'),
      scalar(first, 'Fn::FindInMap'),
      scalar(second, 'Fn::FindInMap'),
    );
    if (found !== undefined) return found;
    if (!isRecord(last) || !('DefaultValue' in last)) {
      throw new TemplateError(`no mapping ${[map, first, second].join('.')}`);
    }
    needExtensions('DefaultValue of Fn::FindInMap', scope);
    return last['DefaultValue'];
  },
  'Fn::ImportValue': (argument, scope) => scope.imported(text(evaluate(argument, scope), 'Fn::ImportValue')),
  'Fn::Base64': (argument, scope) =>
    Buffer.from(text(evaluate(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::GetAZs': (argument, scope) => {
    const given = evaluate(argument, scope);
    const region = text(given === '' ? scope.ref('AWS::Region') : given, 'Fn::GetAZs');
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },
  'Fn::Length': (argument, scope) => {
    needExtensions('Fn::Length', scope);
    return list(evaluate(argument, scope), 'Fn::Length').length;
  },
  'Fn::ToJsonString': (argument, scope) => {
    needExtensions('Fn::ToJsonString', scope);
    return JSON.stringify(evaluate(argument, scope));
  },
  Condition: (argument, scope) => scope.condition(text(argument, 'Condition')),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(evaluate(argument, scope), 'Fn::Equals');
    // To CloudFormation true and "true" are one value: its parameters are text (PARITY F18).
    return written(left) === written(right);
  },
  'Fn::Not': (argument, scope) => !list(evaluate(argument, scope), 'Fn::Not')[0],
  'Fn::And': (argument, scope) => list(evaluate(argument, scope), 'Fn::And').every(Boolean),
  'Fn::Or': (argument, scope) => list(evaluate(argument, scope), 'Fn::Or').some(Boolean),
};

/** `value` with every intrinsic function in it replaced by what it yields; undefined for `AWS::NoValue`. */
export function evaluate(value: unknown, scope: Scope): unknown {
  const resolved = resolve(value, scope);
  return resolved === ABSENT ? undefined : resolved;
}

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== ABSENT);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only;
    const intrinsic = INTRINSICS[name];
    if (intrinsic !== undefined) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new TemplateError(`${name} is not supported`);
  }
  const loop = entries.find(([name]) => name.startsWith('Fn::ForEach'));
  if (loop !== undefined) throw new TemplateError(`${loop[0]} is not supported`);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, scope)]).filter(([, item]) => item !== ABSENT),
  );
}

function needExtensions(what: string, { extended }: Scope): void {
  if (!extended) throw new TemplateError(`${what} needs Transform: AWS::LanguageExtensions`);
}

function list(value: unknown, of: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TemplateError(`${of} needs a list, not ${written(value)}`);
  return value;
}

function text(value: unknown, of: string): string {
  if (typeof value !== 'string') throw new TemplateError(`${of} needs a string, not ${written(value)}`);
  return value;
}

function scalar(value: unknown, of: string): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return text(value, of);
}

/** A value as a person would write it. */
function written(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
