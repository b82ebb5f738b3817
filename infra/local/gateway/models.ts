import type ajvOfDraft04 from 'ajv-draft-04';
import { createRequire } from 'node:module';
import type { Properties } from '../template/properties.ts';
import type { Resource } from '../template/stack.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import { compileSelection } from './selection.ts';

/** Whether a message may go on to its integration. */
export type ModelCheck = (body: string) => boolean;

/** Loaded when a route has a model, as few have: it takes 15 MB. */
const loadAjv = () => (createRequire(import.meta.url)('ajv-draft-04') as typeof ajvOfDraft04).default;

/**
 * The check of a route that has a `ModelSelectionExpression`: the message must be JSON as the model has it that the expression
 * chooses, else `$default`; without either it fails (docs: WebSocket request validation; PARITY N11). Undefined without one.
 */
export function readModelCheck(
  { logicalId, properties }: Resource,
  models: readonly Resource[],
): ModelCheck | undefined {
  const named = properties.inside('RequestModels');
  const expression = properties.optionalText('ModelSelectionExpression');
  if (expression === undefined || expression === '') return undefined;
  const select = compileSelection(`${logicalId}.ModelSelectionExpression`, expression);
  const checks = new Map(named.names().map((key) => [key, checkOf(logicalId, named.text(key), models)]));
  return (body) => {
    const check = checks.get(select({ body })) ?? checks.get('$default');
    if (check === undefined) return false;
    try {
      return check(JSON.parse(body));
    } catch {
      return false; // It is not JSON.
    }
  };
}

function checkOf(routeId: string, name: string, models: readonly Resource[]): (message: unknown) => boolean {
  const model = models.find(({ identity, properties }) =>
    [properties.text('Name'), identity.ref].includes(name),
  );
  if (model === undefined) throw new TemplateError(`${routeId}: ${name} is not a model of its API`);
  try {
    // Draft 4, in which `format`s are advice.
    const Ajv = loadAjv();
    const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
    return ajv.compile(schemaOf(model.properties));
  } catch (error) {
    throw new TemplateError(`${model.logicalId}: its Schema cannot be used: ${String(error)}`);
  }
}

/** CloudFormation takes the schema as an object or as text. */
function schemaOf(properties: Properties): Readonly<Record<string, unknown>> {
  const written = properties.raw('Schema');
  const schema: unknown = typeof written === 'string' ? JSON.parse(written) : written;
  if (!isRecord(schema)) throw new TypeError('it is not an object');
  return schema;
}
