import { type Node, parseDocument, Scalar, type Tags, visit, type YAMLError, YAMLMap, YAMLSeq } from 'yaml';
import { TemplateError } from './values.ts';

/** The intrinsic functions that have a short form: `!Sub` for `Fn::Sub`. */
const FUNCTIONS = [
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Length',
  ],
  ...['Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
];
/** What each short form stands for. */
const LONG_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`] as const),
]);

/**
 * Scalars as the YAML 1.1 of CloudFormation's tools reads them: `yes` and `on` are booleans, but `N`, a type in DynamoDB, is
 * not, and an account's number keeps the 0 at its front.
 */
const SCALARS: Tags = [
  {
    tag: 'tag:yaml.org,2002:bool',
    default: true,
    test: /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/,
    resolve: (text: string) => /^(?:true|yes|on)$/i.test(text),
  },
  { tag: 'tag:yaml.org,2002:int', default: true, test: /^[-+]?(?:0|[1-9]\d*)$/, resolve: Number },
];

/** The short forms, which keep their tags for now. */
const SHORT_FORMS: Tags = [...LONG_FORMS.keys()].flatMap((tag): Tags => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'seq' },
  { tag, collection: 'map' },
]);

const customTags = (core: Tags): Tags => [
  ...core.filter((one) => typeof one === 'string' || !/:(?:bool|int)$/.test(one.tag)),
  ...SCALARS,
  ...SHORT_FORMS,
];

/** A template's YAML as JSON would have it, short forms written out. Throws a sentence with line and column. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'core', merge: true, customTags });
  // What is a warning to the parser, a tag that it does not know, would be another value to CloudFormation.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw new TemplateError(sentence(problem));
  visit(document, { Node: (_key, node) => longForm(node) });
  return document.toJS() as unknown;
}

/** Where, and why: the parser's message goes on with a picture of the line, after a colon. */
function sentence({ message, linePos }: Pick<YAMLError, 'message' | 'linePos'>): string {
  const [reason = ''] = message.split(/ at line \d+, column \d+:?\n|\n/, 1);
  const [at] = linePos ?? [];
  return at === undefined ? reason : `line ${at.line}, column ${at.col}: ${reason}`;
}

/** The mapping that a short form stands for; undefined for any other node, which stays as it is. */
function longForm(node: Node): YAMLMap | undefined {
  const { tag } = node as { tag?: string };
  const name = LONG_FORMS.get(tag ?? '');
  if (name === undefined) return undefined;
  const map = new YAMLMap<Scalar, Node>();
  map.set(new Scalar(name), argumentOf(name, node));
  // An alias means the whole of it.
  if ('anchor' in node && typeof node.anchor === 'string') {
    map.anchor = node.anchor;
    delete node.anchor;
  }
  delete (node as { tag?: string }).tag;
  return map;
}

/** `!GetAtt a.b` takes a text where the long form takes a list. */
function argumentOf(name: string, node: Node): Node {
  if (name !== 'Fn::GetAtt' || !(node instanceof Scalar) || typeof node.value !== 'string') return node;
  const [logicalId = '', ...attribute] = node.value.split('.');
  const list = new YAMLSeq<Node>();
  for (const part of [logicalId, attribute.join('.')]) list.add(new Scalar(part));
  return list;
}
