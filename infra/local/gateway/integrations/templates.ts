import type { Properties } from '../../template/properties.ts';
import type { Resource } from '../../template/stack.ts';
import { TemplateError } from '../../template/values.ts';
import { compileSelection, type Selectable, type Source } from '../selection.ts';
import { compileTemplate, type Template } from './template.ts';

/** Of one template (docs: WebSocket quotas; PARITY N14). */
const MOST_BYTES = 300 * 1024;

/** The mapping templates of one side of an integration. */
export interface Templates {
  readonly size: number;
  /** The one for this request or response, or undefined when none fits. */
  choose(from: Selectable): Template | undefined;
}

/**
 * Reads `RequestTemplates` or `ResponseTemplates` and the expression that chooses among them: the key that it yields, else
 * `$default`. Without an expression it is `$default`, else `application/json` (PARITY N3).
 */
export function readTemplates(
  logicalId: string,
  properties: Properties,
  name: 'RequestTemplates' | 'ResponseTemplates',
): Templates {
  const written = properties.inside(name);
  const templates = new Map(
    written.names().map((key) => {
      const [place, text] = [`${logicalId}.${name}.${key}`, written.text(key)];
      if (Buffer.byteLength(text) > MOST_BYTES) throw new TemplateError(`${place} is longer than 300 KB`);
      return [key, compileTemplate(place, text)];
    }),
  );
  const expression = properties.optionalText('TemplateSelectionExpression') ?? '';
  const reads: Source[] =
    name === 'RequestTemplates' ? ['request.body'] : ['request.body', 'integration.response'];
  const select =
    expression === ''
      ? undefined
      : compileSelection(`${logicalId}.TemplateSelectionExpression`, expression, reads);
  return {
    size: templates.size,
    choose: (from) =>
      (select === undefined ? undefined : templates.get(select(from))) ??
      templates.get('$default') ??
      (select === undefined ? templates.get('application/json') : undefined),
  };
}

/** Whether one of its templates asks for what came in headers and query (PARITY N6). */
export const readsParams = ({ properties }: Resource): boolean =>
  [properties.inside('RequestTemplates'), properties.inside('ResponseTemplates')].some((written) =>
    Object.values(written.texts()).some((text) => text.includes('input.params')),
  );
