import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expandSam } from './sam/expand.ts';
import { ANYWHERE, type Environment, NESTED_STACK } from './identities.ts';
import { type Fields, isRecord, section, TemplateError } from './values.ts';

/** One resource as the template writes it: intrinsic functions not yet resolved. */
export interface RawResource {
  readonly Type: string;
  readonly Properties?: Fields;
  readonly Condition?: string;
  readonly Metadata?: Fields;
}

/** The template of one stack and the files that belong to it. */
export interface StackTemplate {
  readonly name: string;
  readonly transforms: readonly string[];
  readonly resources: Readonly<Record<string, RawResource>>;
  readonly parameters: Fields;
  readonly conditions: Fields;
  readonly mappings: Fields;
  readonly outputs: Fields;
  /** What a transform's own names stand for, by `Ref`'s text or `logicalId.attribute`. */
  readonly synonyms: Fields;
  /** The templates of its nested stacks, by logical id; one that is not a file of the assembly is missing. */
  readonly nested: ReadonlyMap<string, StackTemplate>;
  readonly env: Environment;
  /** Where the file lies that would be uploaded under this S3 object key; undefined when the assembly has none. */
  asset(objectKey: string): string | undefined;
  /** Where a path in the template starts; undefined in an assembly, which has assets instead. */
  readonly folder: string | undefined;
}

/** What there is around a template. */
export type Surroundings = Partial<Pick<StackTemplate, 'asset' | 'env' | 'folder' | 'nested'>>;

/** Reads every stack of a cloud assembly, the folder that `cdk synth` writes, and of those inside it: CDK's stages. */
export async function readAssembly(directory: string): Promise<StackTemplate[]> {
  const root = resolve(directory);
  const artifacts = Object.entries(section(await readJson(join(root, 'manifest.json')), 'artifacts'));
  const ofType = (type: string) =>
    artifacts.flatMap(([id, artifact]) =>
      isRecord(artifact) && artifact['type'] === type
        ? [{ id, environment: artifact['environment'], properties: section(artifact, 'properties') }]
        : [],
    );

  const assets: Assets = new Map();
  for (const { properties } of ofType('cdk:asset-manifest')) {
    const manifest = await readJson(join(root, fileName(properties, 'file')));
    for (const [objectKey, path] of filesOf(manifest)) assets.set(objectKey, join(root, path));
  }

  const own = ofType('aws:cloudformation:stack').map(({ id, environment, properties }) => {
    const { stackName } = properties;
    return readTemplate(
      typeof stackName === 'string' ? stackName : id,
      join(root, fileName(properties, 'templateFile')),
      { assets, env: envOf(environment) },
    );
  });
  const inside = ofType('cdk:cloud-assembly').map(({ properties }) =>
    readAssembly(join(root, fileName(properties, 'directoryName'))),
  );
  return [...(await Promise.all(own)), ...(await Promise.all(inside)).flat()];
}

/** Of `aws://account/region`; an app need not say either, which the AWS CDK writes as `unknown-…` (PARITY F20). */
function envOf(environment: unknown): Environment {
  const [account, region] = String(environment)
    .replace('aws://', '')
    .split('/')
    .map((part) => (part.startsWith('unknown-') ? undefined : part));
  return { account: account ?? ANYWHERE.account, region: region ?? ANYWHERE.region };
}

/** The file that would be uploaded under each S3 object key. */
type Assets = Map<string, string>;

/** Reads one template and, as far as they are files of the assembly, those of its nested stacks. */
async function readTemplate(
  name: string,
  path: string,
  around: { readonly assets: Assets; readonly env: Environment },
): Promise<StackTemplate> {
  const { assets, env } = around;
  const asset = (key: string): string | undefined => assets.get(key);
  const template = parseTemplate(name, await readJson(path), { asset, env });
  const nested = new Map<string, StackTemplate>();
  for (const [logicalId, { Type, Properties }] of Object.entries(template.resources)) {
    if (Type !== NESTED_STACK) continue;
    // The URL has a bucket in it that only an account has; the object key at its end is written plainly.
    const url = JSON.stringify(Properties?.['TemplateURL'] ?? '');
    const [, file] = [...assets].find(([objectKey]) => url.includes(`/${objectKey}"`)) ?? [];
    if (file !== undefined) nested.set(logicalId, await readTemplate(logicalId, file, around));
  }
  return { ...template, nested };
}

/** Makes a stack of a template's text that has been read already. */
export function parseTemplate(
  name: string,
  template: unknown,
  {
    asset = () => undefined,
    env = ANYWHERE,
    folder,
    nested = new Map<string, StackTemplate>(),
  }: Surroundings = {},
): StackTemplate {
  if (!isRecord(template)) throw new TemplateError(`${name} is not a template`);
  const transforms = transformsOf(name, template['Transform']);
  const expanded = expandSam(template, transforms);
  const resources: Record<string, RawResource> = {};
  for (const [logicalId, resource] of Object.entries(expanded.resources)) {
    if (logicalId.startsWith('Fn::')) throw new TemplateError(`${logicalId} in ${name} is not supported`);
    if (!isRecord(resource) || typeof resource['Type'] !== 'string') {
      throw new TemplateError(`${logicalId} in ${name} has no Type`);
    }
    const { Type, Properties, Condition, Metadata } = resource;
    resources[logicalId] = {
      Type,
      ...(isRecord(Properties) && { Properties }),
      ...(typeof Condition === 'string' && { Condition }),
      ...(isRecord(Metadata) && { Metadata }),
    };
  }
  return {
    name,
    transforms,
    resources,
    parameters: section(template, 'Parameters'),
    conditions: section(template, 'Conditions'),
    mappings: section(template, 'Mappings'),
    outputs: section(template, 'Outputs'),
    synonyms: expanded.synonyms,
    nested,
    env,
    asset,
    folder,
  };
}

/** Transforms that are applied here, and AWS's own that change nothing that is run. */
const TRANSFORMS =
  /^AWS::(Serverless-2016-10-31|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-.*|ServiceCatalog)$/;

function transformsOf(name: string, declared: unknown): string[] {
  const transforms = (Array.isArray(declared) ? (declared as unknown[]) : [declared ?? []].flat()).map(
    (one) => (typeof one === 'string' ? one : JSON.stringify(one)),
  );
  const unknown = transforms.find((one) => !TRANSFORMS.test(one));
  if (unknown === undefined) return transforms;
  throw new TemplateError(`${name}: Transform ${unknown} is not supported, for only AWS can apply it`);
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    // The usual mistake is a wrong folder: say what was looked for instead of ENOENT.
    throw new TemplateError(`${path} cannot be read: is this the folder that cdk synth writes?`);
  }
  return JSON.parse(text);
}

function* filesOf(assetManifest: unknown): Generator<[objectKey: string, path: string]> {
  for (const file of Object.values(section(assetManifest, 'files'))) {
    const path = section(file, 'source')['path'];
    for (const destination of Object.values(section(file, 'destinations'))) {
      const objectKey = isRecord(destination) ? destination['objectKey'] : undefined;
      if (typeof path === 'string' && typeof objectKey === 'string') yield [objectKey, path];
    }
  }
}

function fileName(properties: Fields, name: string): string {
  const file = properties[name];
  if (typeof file !== 'string') throw new TemplateError(`manifest.json names no ${name}`);
  return file;
}
