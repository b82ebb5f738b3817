import { type Fields, isRecord, section, TemplateError } from '../values.ts';
import { type Expansion, only, type SamResource, without } from './expansion.ts';
import { expandFunction } from './function.ts';
import { mergeGlobals } from './globals.ts';
import { expandLayerVersion } from './layer-version.ts';
import { expandSimpleTable } from './simple-table.ts';
import { expandWebSocketApi } from './web-socket-api.ts';

const SAM = 'AWS::Serverless-2016-10-31';
const PREFIX = 'AWS::Serverless::';

/** SAM's resources that are run, each with its section of `Globals`. The others stay as they are, to be named at start. */
const EXPANDED: Readonly<Record<string, (resource: SamResource) => Expansion>> = {
  Function: expandFunction,
  LayerVersion: expandLayerVersion,
  SimpleTable: expandSimpleTable,
  WebSocketApi: expandWebSocketApi,
  Application: expandApplication,
};

/** The resources of a template as SAM's transform would leave them, and what its own names stand for (PARITY F8). */
export function expandSam(
  template: Fields,
  transforms: readonly string[],
): { resources: Fields; synonyms: Fields } {
  const resources: Record<string, unknown> = {};
  const synonyms: Record<string, unknown> = {};
  for (const [logicalId, resource] of Object.entries(section(template, 'Resources'))) {
    const type = isRecord(resource) ? String(resource['Type']) : '';
    if (!isRecord(resource) || !type.startsWith(PREFIX)) {
      resources[logicalId] = resource;
      continue;
    }
    if (!transforms.includes(SAM)) {
      throw new TemplateError(`${logicalId} is an ${type}, but the template has no Transform: ${SAM}`);
    }
    const kind = type.slice(PREFIX.length);
    const properties = mergeGlobals(
      section(section(template, 'Globals'), kind),
      section(resource, 'Properties'),
    );
    const expand = EXPANDED[kind];
    const expansion = expand?.({
      logicalId,
      properties,
      attributes: without(resource, 'Type', 'Properties'),
    });
    Object.assign(resources, expansion?.resources ?? { [logicalId]: resource });
    Object.assign(synonyms, expansion?.synonyms);
  }
  return { resources, synonyms };
}

/** `AWS::Serverless::Application`: a stack inside the stack. */
function expandApplication({ logicalId, properties, attributes }: SamResource): Expansion {
  const { Location } = properties;
  if (typeof Location !== 'string') {
    throw new TemplateError(`${logicalId}: only an application whose Location is a file can be run here`);
  }
  return {
    resources: {
      [logicalId]: {
        ...attributes,
        Type: 'AWS::CloudFormation::Stack',
        Properties: { ...only(properties, 'Parameters'), TemplateURL: Location },
      },
    },
  };
}
