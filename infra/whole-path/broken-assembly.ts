import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assembly, temporaryFolder } from './assembly.ts';

interface FunctionResource {
  readonly Type: string;
  readonly Properties: {
    readonly FunctionName?: unknown;
    readonly Environment?: { readonly Variables: Record<string, unknown> };
  };
}

/** A copy of the assembly in which the function of that file has other variables; an undefined one is not there. */
export async function assemblyWith(
  file: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const folder = await temporaryFolder('whole-path-broken-');
  await cp(await assembly(), folder, { recursive: true });
  const path = join(folder, 'hello-websocket.template.json');
  const template = JSON.parse(await readFile(path, 'utf8')) as {
    readonly Resources: Readonly<Record<string, FunctionResource>>;
  };
  const lambda = Object.values(template.Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && Properties.FunctionName === `hello-websocket-${file}`,
  );
  if (lambda?.Properties.Environment === undefined) throw new Error(`the stack has no function ${file}`);
  Object.assign(lambda.Properties.Environment.Variables, variables);
  await writeFile(path, JSON.stringify(template));
  return folder;
}
