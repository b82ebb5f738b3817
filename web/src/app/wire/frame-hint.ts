import { ACTION, byteLength, MAX_FRAME_BYTES, parseClientFrame } from '#protocol';

/** What is to be known before a text is sent as a frame. */
export interface FrameHint {
  readonly text: string;
  /** Whether it will cost the connection. */
  readonly isFatal?: boolean;
}

/** Says what API Gateway and the functions will make of a text; undefined when there is nothing to say. */
export function hintFor(text: string, locale: string): FrameHint | undefined {
  if (text === '') return undefined;
  if (byteLength(text) > MAX_FRAME_BYTES) {
    const limit = MAX_FRAME_BYTES.toLocaleString(locale);
    return {
      text: $localize`API Gateway closes the connection with code 1009 when a frame has more than ${limit}:limit: bytes.`,
      isFatal: true,
    };
  }
  const route = routeOf(text);
  if (route === undefined)
    return { text: $localize`This is no JSON object: API Gateway hands it to the route $default.` };
  if (route !== ACTION)
    return {
      text: $localize`Its action is not ${ACTION}:action:: API Gateway hands it to the route $default.`,
    };
  const frame = parseClientFrame(text);
  return frame.type === 'malformed'
    ? { text: $localize`The function will refuse it: ${frame.reason}:reason:.` }
    : undefined;
}

/** What a frame says for the route selection expression `$request.body.action`; undefined when it is no JSON object. */
function routeOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return (Reflect.get(value, 'action') as unknown) ?? null;
  } catch {
    // Not JSON, which cannot be asked first.
    return undefined;
  }
}
