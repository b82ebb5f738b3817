import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { parseTemplate, type StackTemplate } from './assembly.ts';
import { NESTED_STACK } from './identities.ts';
import { TemplateError } from './values.ts';
import { parseYaml } from './yaml.ts';

/**
 * Reads a template of CloudFormation or SAM, YAML or JSON, whose code lies in folders beside it, as `sam build` leaves it and
 * as `aws cloudformation package` takes it. Its stack is called as the file is.
 */
export function readTemplateFile(path: string): Promise<StackTemplate> {
  return read(basename(path, extname(path)), resolve(path), []);
}

async function read(name: string, path: string, around: readonly string[]): Promise<StackTemplate> {
  if (around.includes(path)) throw new TemplateError(`${path} is a stack inside itself`);
  const folder = dirname(path);
  const template = parseTemplate(name, parse(path, await textOf(path)), { folder });
  const nested = new Map<string, StackTemplate>();
  for (const [logicalId, { Type, Properties }] of Object.entries(template.resources)) {
    const url = Properties?.['TemplateURL'];
    if (Type !== NESTED_STACK || typeof url !== 'string' || /^(https?|s3):/.test(url)) continue;
    nested.set(logicalId, await read(logicalId, resolve(folder, url), [...around, path]));
  }
  return { ...template, nested };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // The usual mistake is a wrong path: say so instead of ENOENT.
    throw new TemplateError(`${path} cannot be read: is there a template?`);
  }
}

function parse(path: string, text: string): unknown {
  try {
    // JSON may be indented by tabs, which YAML does not take.
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    throw new TemplateError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
