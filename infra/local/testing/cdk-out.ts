import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Inside the repository, so that handlers find its node_modules. */
const PLACE = join(import.meta.dirname, '../../../.local/specs');

/** One stack of a test's assembly, and the files that it uploads: object key to path in the assembly. */
export interface TestStack {
  readonly template: object;
  readonly assets?: Readonly<Record<string, string>>;
  /** Where it is deployed, as the manifest has it. */
  readonly environment?: string;
}

/** Files of an assembly as CDK writes them: the manifest, and per stack a template and an asset manifest. */
export function assemblyFiles(
  stacks: Readonly<Record<string, TestStack>>,
  stages: readonly string[] = [],
): Record<string, object> {
  const files: Record<string, object> = {};
  const artifacts: Record<string, object> = {};
  for (const [name, { template, assets = {}, environment }] of Object.entries(stacks)) {
    files[`${name}.template.json`] = template;
    files[`${name}.assets.json`] = {
      files: Object.fromEntries(
        Object.entries(assets).map(([objectKey, path]) => [
          objectKey,
          { source: { path }, destinations: { local: { bucketName: 'assets', objectKey } } },
        ]),
      ),
    };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: environment ?? 'aws://unknown-account/unknown-region',
      properties: { templateFile: `${name}.template.json` },
    };
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
  }
  for (const directoryName of stages) {
    artifacts[directoryName] = { type: 'cdk:cloud-assembly', properties: { directoryName } };
  }
  return { ...files, 'manifest.json': { artifacts } };
}

/** Writes files into a new folder: text as it is, everything else as JSON. */
export async function writeFolder(
  files: Readonly<Record<string, object | string>>,
): Promise<{ directory: string; remove: () => Promise<void> }> {
  await mkdir(PLACE, { recursive: true });
  const directory = await mkdtemp(join(PLACE, 'app-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(directory, name, '..'), { recursive: true });
    await writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
