import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { Properties } from '../template/properties.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import { findModule } from './load-handler.ts';
import { folderFor } from './scratch.ts';

/** The folder with what would be unpacked at /var/task: the one that the template names, or a new one for a zip file or inline code. */
export function codeFolder(stack: Stack, resource: Resource): string {
  const { logicalId, properties } = resource;
  const path = pathOf(stack, resource) ?? inlineFolder(properties);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new TemplateError(`${logicalId}: its code is not there: ${path}`);
  const folder = stats.isDirectory() ? path : unzip(logicalId, path);
  refuseUnbuilt(stack, logicalId, folder, properties.text('Handler'));
  return folder;
}

/** Where the code lies; undefined when it is in the template itself. */
function pathOf({ template }: Stack, { logicalId, properties }: Resource): string | undefined {
  const code = properties.raw('Code');
  if (isRecord(code) && typeof code['ZipFile'] === 'string') return undefined;
  if (template.folder === undefined) {
    const objectKey = properties.inside('Code').optionalText('S3Key');
    const path = objectKey === undefined ? undefined : template.asset(objectKey);
    if (path === undefined)
      throw new TemplateError(`${logicalId}: its code is not an asset of this assembly`);
    return path;
  }
  if (typeof code !== 'string' || /^(s3|https?):/.test(code)) {
    throw new TemplateError(
      `${logicalId}: its code is in S3: give the template as it was before it was packaged`,
    );
  }
  return resolve(template.folder, code);
}

/** As CloudFormation: a file called `index`. */
function inlineFolder(properties: Properties): string {
  const code = properties.inside('Code').text('ZipFile');
  return folderFor(code, (folder) => writeFileSync(join(folder, 'index.js'), code));
}

function unzip(logicalId: string, path: string): string {
  const zip = readFileSync(path);
  return folderFor(zip, (folder) => {
    for (const [name, bytes] of Object.entries(unzipped(logicalId, path, zip))) {
      const target = resolve(folder, name);
      // A zip file can name a file anywhere on this machine.
      if (!`${target}${sep}`.startsWith(`${folder}${sep}`)) {
        throw new TemplateError(`${logicalId}: ${path} has a file outside itself, ${name}`);
      }
      if (name.endsWith('/')) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
  });
}

function unzipped(logicalId: string, path: string, zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    // Whatever else it is: AWS takes a zip file only.
    throw new TemplateError(`${logicalId}: its code must be a folder or a zip file, and ${path} is neither`);
  }
}

/** What SAM has to build first would fail at its first event, with a message that says nothing of it. */
function refuseUnbuilt({ template }: Stack, logicalId: string, folder: string, handler: string): void {
  const method = template.resources[logicalId]?.Metadata?.['BuildMethod'];
  if (method === undefined || findModule(folder, handler) !== undefined) return;
  throw new TemplateError(
    `${logicalId}: ${join(folder, handler.slice(0, handler.lastIndexOf('.')))}.js is not there, for its ` +
      `BuildMethod is ${JSON.stringify(method)}: run sam build, and give .aws-sam/build/template.yaml`,
  );
}
