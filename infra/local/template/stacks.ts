import { stat } from 'node:fs/promises';
import { readAssembly, type StackTemplate } from './assembly.ts';
import { Circle } from './circle.ts';
import { type Resource, Stack } from './stack.ts';
import { readTemplateFile } from './template-file.ts';
import { TemplateError } from './values.ts';

/** Types of resources that have a name which no other in the account may have. */
const NAMED = ['AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** Values given for parameters: of every outermost stack that has one of this name, or of one alone: `Stack:Name`. */
export type GivenParameters = Readonly<Record<string, string>>;

/** Every stack of an assembly, or that of a template file, nested ones too, each able to import what the others export. */
export async function readStacks(path: string, given: GivenParameters = {}): Promise<Stack[]> {
  const imported = (exportName: string): unknown => {
    const exporters = all().flatMap((stack) =>
      stack.exports().flatMap(([name, output]) => (name === exportName ? [{ stack, output }] : [])),
    );
    const [exporter, other] = exporters;
    if (exporter === undefined) throw new TemplateError(`no stack here exports ${exportName}`);
    if (other !== undefined) throw twice(`the export ${exportName}`, exporter.stack, other.stack);
    return exporter.stack.output(exporter.output);
  };
  const templates = (await isTemplateFile(path)) ? [await readTemplateFile(path)] : await readAssembly(path);
  refuseUnknown(given, templates);
  const circle = new Circle();
  const outermost = templates.map(
    (template) =>
      new Stack(template, {
        parameter: (name) => given[`${template.name}:${name}`] ?? given[name],
        imported,
        circle,
      }),
  );
  const all = (): Stack[] => outermost.flatMap((stack) => stack.withNested());
  const stacks = all();
  refuseSameNames(stacks);
  return stacks;
}

/** Of what is not there the name has to say what it was meant to be, so that the error does. */
async function isTemplateFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ?? /\.(ya?ml|json|template)$/.test(path);
}

function refuseUnknown(given: GivenParameters, templates: readonly StackTemplate[]): void {
  const known = templates.flatMap(({ name, parameters }) =>
    Object.keys(parameters).flatMap((parameter) => [parameter, `${name}:${parameter}`]),
  );
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TemplateError(`no stack has a parameter ${unknown}`);
}

/** Apps with a stage for each account have the same names in several; in one account, and here, they cannot be run side by side. */
function refuseSameNames(stacks: readonly Stack[]): void {
  const holders = new Map<string, Stack>();
  for (const stack of stacks) {
    for (const { type, identity } of NAMED.flatMap((one): Resource[] => stack.resources(one))) {
      const what = `${type.startsWith('AWS::Lambda') ? 'function' : 'table'} ${identity.ref}`;
      const holder = holders.get(what);
      if (holder !== undefined) throw twice(`the ${what}`, holder, stack);
      holders.set(what, stack);
    }
  }
}

const twice = (what: string, first: Stack, second: Stack): TemplateError =>
  new TemplateError(
    `${what} is in ${first.name} and in ${second.name}: run one stage alone, by its folder inside the assembly`,
  );
