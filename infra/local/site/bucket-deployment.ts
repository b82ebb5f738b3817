import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { Properties } from '../template/properties.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import { contentType } from './content-type.ts';
import { type Filter, isUploaded } from './filter.ts';
import type { StoredObject } from './stored-object.ts';

/** What CDK's `BucketDeployment` is in a template. */
export const BUCKET_DEPLOYMENT = 'Custom::CDKBucketDeployment';

/** A file of a source: its path in it, written with `/`, and its bytes. */
type SourceFile = readonly [path: string, read: () => Promise<Buffer>];

/** The objects that a deployment puts into its bucket, by key (PARITY S6). */
export function deployedObjects(stack: Stack, { logicalId, properties }: Resource): [string, StoredObject][] {
  const prefix = properties.optionalText('DestinationBucketKeyPrefix') ?? '';
  const { 'content-type': type, ...headers } = properties.inside('SystemMetadata').texts();
  const metadata = Object.entries(properties.inside('UserMetadata').texts()).map(([name, value]) => [
    `x-amz-meta-${name.toLowerCase().replace(/^x-amz-meta-/, '')}`,
    value,
  ]);
  const filter: Filter = { exclude: texts(properties, 'Exclude'), include: texts(properties, 'Include') };
  const markers = properties.raw('SourceMarkers');
  const configs = properties.raw('SourceMarkersConfig');
  const extract = properties.raw('Extract') !== false;

  return texts(properties, 'SourceObjectKeys').flatMap((objectKey, index) => {
    const path = stack.template.asset(objectKey);
    if (path === undefined)
      throw new TemplateError(`${logicalId}: ${objectKey} is no asset of this assembly`);
    const given = Array.isArray(markers) ? (markers[index] as unknown) : undefined;
    const config = Array.isArray(configs) ? (configs[index] as unknown) : undefined;
    const values = Object.entries(isRecord(given) ? given : {});
    const escaped = isRecord(config) && config['jsonEscape'] === true;
    const files = extract ? filesOf(path) : [[objectKey, () => readFile(path)] satisfies SourceFile];
    return files
      .filter(([name]) => isUploaded(name, filter))
      .map(([name, read]): [string, StoredObject] => [
        join(prefix, name).replaceAll(sep, '/').replace(/^\//, ''),
        {
          contentType: type ?? contentType(name),
          headers: { ...headers, ...(Object.fromEntries(metadata) as Record<string, string>) },
          hasAddresses: values.length > 0,
          read: values.length > 0 ? async () => filled(await read(), values, escaped) : read,
        },
      ]);
  });
}

/** The text with each marker's value in its place, as the deployment's own function does it. */
function filled(text: Buffer, values: readonly [marker: string, value: unknown][], escaped: boolean): Buffer {
  const whole = values.reduce((changed, [marker, value]) => {
    const plain = typeof value === 'string' ? value : JSON.stringify(value);
    return changed.replaceAll(marker, () => (escaped ? JSON.stringify(plain).slice(1, -1) : plain));
  }, text.toString('utf8'));
  return Buffer.from(whole, 'utf8');
}

/** The files of a folder, or of a zip file. */
function filesOf(path: string): SourceFile[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [file.slice(path.length + 1).replaceAll(sep, '/'), () => readFile(file)];
      });
  }
  return Object.entries(unzipSync(readFileSync(path)))
    .filter(([name]) => !name.endsWith('/'))
    .map(([name, bytes]) => [name, () => Promise.resolve(Buffer.from(bytes))]);
}

function texts(properties: Properties, name: string): string[] {
  const list = properties.raw(name) ?? [];
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
