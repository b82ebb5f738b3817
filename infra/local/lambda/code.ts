import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, Stack } from '../template/stack.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import { findModule, splitHandler } from './load-handler.ts';
import { folderFor } from './scratch.ts';
import { uploadFolder } from './upload.ts';

/** The folder with what would be unpacked at /var/task: the one that the template names, or a new one for a zip file or inline code. */
export function codeFolder(stack: Stack, resource: Resource): string {
  const { logicalId, properties } = resource;
  const folder = inlineFolder(properties.raw('Code')) ?? uploadFolder(stack, resource, 'Code');
  refuseUnbuilt(stack, logicalId, folder, properties.text('Handler'));
  return folder;
}

/** As CloudFormation: a file called `index`; undefined when the code is not in the template itself. */
function inlineFolder(code: unknown): string | undefined {
  const text = isRecord(code) ? code['ZipFile'] : undefined;
  if (typeof text !== 'string') return undefined;
  return folderFor(text, (folder) => writeFileSync(join(folder, 'index.js'), text));
}

/** What SAM has to build first would fail at its first event, with a message that says nothing of it. */
function refuseUnbuilt({ template }: Stack, logicalId: string, folder: string, handler: string): void {
  const method = template.resources[logicalId]?.Metadata?.['BuildMethod'];
  if (method === undefined || findModule(folder, handler) !== undefined) return;
  throw new TemplateError(
    `${logicalId}: ${join(folder, splitHandler(handler).file)}.js is not there, for its ` +
      `BuildMethod is ${JSON.stringify(method)}: run sam build, and give .aws-sam/build/template.yaml`,
  );
}
