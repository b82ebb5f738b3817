import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { uploadFolder } from './upload.ts';

/** The folders that a function's layers are unpacked from, over each other and in this order, at /opt (PARITY L30). */
export function layerFolders(stacks: readonly Stack[], { logicalId, properties }: Resource): string[] {
  const layers = properties.raw('Layers') ?? [];
  if (!Array.isArray(layers)) throw new TemplateError(`${logicalId}: Layers must be a list`);
  return layers.map((arn: unknown) => {
    for (const stack of stacks) {
      const layer = stack.resources('AWS::Lambda::LayerVersion').find(({ identity }) => identity.ref === arn);
      if (layer !== undefined) return layerFolder(stack, layer);
    }
    throw new TemplateError(
      `${logicalId}: the layer ${String(arn)} is in an account and not in the template: what the function needs ` +
        `of it must lie beside its code, or in a layer of the template`,
    );
  });
}

function layerFolder(stack: Stack, layer: Resource): string {
  const folder = uploadFolder(stack, layer, 'Content');
  const method = stack.template.resources[layer.logicalId]?.Metadata?.['BuildMethod'];
  if (method === undefined || existsSync(join(folder, 'nodejs'))) return folder;
  throw new TemplateError(
    `${layer.logicalId}: ${join(folder, 'nodejs')} is not there, for its BuildMethod is ${JSON.stringify(method)}: ` +
      `run sam build, and give .aws-sam/build/template.yaml`,
  );
}
