import type { Properties } from '../../template/properties.ts';
import { compileSelection, type Selectable, type Source } from '../selection.ts';
import { compileTemplate, type Template } from './template.ts';

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
    written.names().map((key) => [key, compileTemplate(`${logicalId}.${name}.${key}`, written.text(key))]),
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
