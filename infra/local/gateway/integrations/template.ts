import { Compile, Helper, parse } from 'velocityjs';
import { TemplateError } from '../../template/values.ts';
import { JAVA_METHODS } from './java-methods.ts';
import { valueAt } from './json-path.ts';
import { TEMPLATE_UTILITIES } from './template-utilities.ts';

/** What a mapping template reads: the payload, and what it came with. */
export interface TemplateInput {
  /** `$input.body` as text, and what `$input.path` and `$input.json` look into when it is JSON. */
  readonly payload: string;
  /** `$input.params()`. */
  readonly params: Readonly<Record<'path' | 'querystring' | 'header', Readonly<Record<string, unknown>>>>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** A mapping template, read once. Throws when what it calls fails: that is an integration failure. */
export type Template = (input: TemplateInput) => string;

/** Reads a Velocity template; a TemplateError says where it is none. */
export function compileTemplate(place: string, source: string): Template {
  const nodes = nodesOf(place, source);
  return (input) => new Rendering(nodes, { customMethodHandlers: JAVA_METHODS }).render(variablesOf(input));
}

type Nodes = ReturnType<typeof parse>;
type Node = Nodes[number];

/** Behind a reference, `#else` and `#end` the library takes a brace of the text for one of its own: another character, none of Unicode's, is read in its place. */
const BRACE_OF_TEXT = /(?<=[\w)\]}-])\{/g;
const STAND_IN = '\uFDD0';

function nodesOf(place: string, source: string): Nodes {
  try {
    const nodes = parse(source.replace(BRACE_OF_TEXT, STAND_IN));
    return JSON.parse(JSON.stringify(nodes).replaceAll(STAND_IN, '{')) as Nodes;
  } catch (error) {
    const [line] = String(error instanceof Error ? error.message : error).split('\n');
    throw new TemplateError(`${place} is not a Velocity template: ${line}`);
  }
}

/** What API Gateway gives a template; a path from there that leads nowhere is empty. Other unknown names stay as written. */
const GIVEN = new Set(['context', 'input', 'stageVariables', 'util']);

class Rendering extends Compile {
  protected override getReferences(node: Node, isShown?: boolean): string {
    if ('leader' in node && GIVEN.has(node.id)) node.leader = '$!';
    const value: unknown = super.getReferences(node, isShown);
    // Java has no other nothing: it is shown as a name that is unknown.
    if (isShown && value === null && node.type === 'references')
      return node.leader === '$!' ? '' : Helper.getRefText(node);
    return value as string;
  }

  /** Whole numbers are divided as Java divides them: `$context.requestTimeEpoch / 1000` is whole. */
  protected override getExpression(node: Node): string {
    const value: unknown = super.getExpression(node);
    const isWhole =
      node.type === 'math' &&
      'operator' in node &&
      node.operator === '/' &&
      node.expression.every((side) => Number.isInteger(this.getExpression(side)));
    return (isWhole ? Math.trunc(Number(value)) : value) as string;
  }
}

function variablesOf({ payload, params, context, stageVariables }: TemplateInput): Record<string, unknown> {
  const json = parsed(payload);
  return {
    input: {
      body: payload,
      path: (path: unknown) => valueAt(String(path), json),
      json: (path: unknown) => {
        const found = valueAt(String(path), json);
        if (found !== undefined) return JSON.stringify(found);
        // Nothing there is an empty text, so that a template around it stays JSON.
        return payload === '' ? '{}' : '""';
      },
      params: (name?: unknown) => (typeof name === 'string' ? parameter(params, name) : params),
    },
    // Copies: a template may `#set` and `put` as it likes.
    context: structuredClone(context),
    stageVariables: { ...stageVariables },
    util: TEMPLATE_UTILITIES,
  };
}

/** In the order that API Gateway documents; header names have no letter case. One that is not there is an empty text, with its methods. */
function parameter({ path, querystring, header }: TemplateInput['params'], name: string): unknown {
  const [, ofHeader] = Object.entries(header).find(([one]) => one.toLowerCase() === name.toLowerCase()) ?? [];
  return path[name] ?? querystring[name] ?? ofHeader ?? '';
}

/** JSON, or the text itself when it is none; undefined for an empty payload. */
function parsed(payload: string): unknown {
  if (payload === '') return undefined;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
