/** A function as templates refer to it. */
export interface FunctionReference {
  readonly name: string;
  /** The version or the alias that is meant; undefined for the function as it is now, `$LATEST`. */
  readonly qualifier: string | undefined;
}

/** Reads what is given by name, by ARN or by the end of one, each with `:version` or `:alias` after it or without. */
export function functionReference(text: string): FunctionReference {
  const [name = '', qualifier] = text.replace(/^(?:.*:)?function:/, '').split(':');
  return { name, qualifier: qualifier === '$LATEST' ? undefined : qualifier };
}
