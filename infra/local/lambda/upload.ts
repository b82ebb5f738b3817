import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { folderFor } from './scratch.ts';

/** The properties that say what is uploaded, of a function and of a layer. */
type Uploaded = 'Code' | 'Content';

/** The folder with what is uploaded: the one that the template names, or a new one for a zip file. */
export function uploadFolder(stack: Stack, resource: Resource, property: Uploaded): string {
  const path = pathOf(stack, resource, property);
  const what = `${resource.logicalId}: its ${property.toLowerCase()}`;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new TemplateError(`${what} is not there: ${path}`);
  return stats.isDirectory() ? path : unzip(what, path);
}

function pathOf({ template }: Stack, { logicalId, properties }: Resource, property: Uploaded): string {
  const what = `${logicalId}: its ${property.toLowerCase()}`;
  if (template.folder === undefined) {
    const objectKey = properties.inside(property).optionalText('S3Key');
    const path = objectKey === undefined ? undefined : template.asset(objectKey);
    if (path === undefined) throw new TemplateError(`${what} is not an asset of this assembly`);
    return path;
  }
  const path = properties.raw(property);
  if (typeof path !== 'string' || /^(s3|https?):/.test(path)) {
    throw new TemplateError(`${what} is in S3: give the template as it was before it was packaged`);
  }
  return resolve(template.folder, path);
}

function unzip(what: string, path: string): string {
  const zip = readFileSync(path);
  return folderFor(zip, (folder) => {
    for (const [name, bytes] of Object.entries(unzipped(what, path, zip))) {
      const target = resolve(folder, name);
      // A zip file can name a file anywhere on this machine.
      if (!`${target}${sep}`.startsWith(`${folder}${sep}`)) {
        throw new TemplateError(`${what} in ${path} has a file outside itself, ${name}`);
      }
      if (name.endsWith('/')) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
  });
}

function unzipped(what: string, path: string, zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    // Whatever else it is: AWS takes a zip file only.
    throw new TemplateError(`${what} must be a folder or a zip file, and ${path} is neither`);
  }
}
