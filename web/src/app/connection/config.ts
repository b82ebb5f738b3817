/** What a server may say of its limits, where they are not those of API Gateway and PROTOCOL.md: in milliseconds. */
export interface Limits {
  readonly maxDurationMs?: number;
  readonly idleTimeoutMs?: number;
  readonly resumeWindowMs?: number;
}

/** What the page must be told about where it runs; whoever serves the page serves this as `config.json`. */
export interface Config {
  readonly webSocketUrl: string;
  /** Empty unless told. */
  readonly limits: Limits;
  /** Where the local runner behind the page shows what it does: a path from the page that ends in `/`. A deployed stage has none. */
  readonly local?: string;
  /** How people have to sign in [P27]; absent where nobody has to. */
  readonly auth?: 'jwt';
}

/** Reads `config.json`. Rejects with an error whose message is a sentence for people. */
export async function readConfig(fetch: typeof globalThis.fetch, url: string): Promise<Config> {
  const response = await fetch(url, { cache: 'no-store' }).catch(() => {
    throw new Error(`${url} could not be fetched.`);
  });
  if (!response.ok) throw new Error(`${url} was answered with status ${response.status}.`);
  const value: unknown = await response.json().catch(() => {
    throw new Error(`${url} is not JSON.`);
  });
  const fields = typeof value === 'object' && value !== null ? value : {};
  const webSocketUrl: unknown = Reflect.get(fields, 'webSocketUrl');
  if (typeof webSocketUrl !== 'string') throw new Error(`${url} has no webSocketUrl.`);
  if (!isWebSocketUrl(webSocketUrl)) throw new Error(`In ${url}, webSocketUrl is no ws: or wss: URL.`);
  const limits = {
    ...limitIn(fields, 'maxDurationMs', url),
    ...limitIn(fields, 'idleTimeoutMs', url),
    ...limitIn(fields, 'resumeWindowMs', url),
  };
  const auth: unknown = Reflect.get(fields, 'auth');
  if (auth !== undefined && auth !== 'jwt') throw new Error(`In ${url}, auth is no way to sign in.`);
  const told = { webSocketUrl, limits, ...(auth === 'jwt' && ({ auth } as const)) };
  const local: unknown = Reflect.get(fields, 'local');
  if (local === undefined) return told;
  if (typeof local !== 'string' || !isFolder(local))
    throw new Error(`In ${url}, local is no path of a folder.`);
  return { ...told, local };
}

function limitIn(fields: object, name: keyof Limits, url: string): Limits {
  const value: unknown = Reflect.get(fields, name);
  if (value === undefined) return {};
  if (typeof value !== 'number' || !(value > 0))
    throw new Error(`In ${url}, ${name} is no time in milliseconds.`);
  return { [name]: value };
}

/** Below the page or beside it: of another origin the page could read nothing. */
const isFolder = (text: string): boolean => /^(?!\/\/)[\w./-]*\/$/.test(text);

const isWebSocketUrl = (text: string): boolean => /^wss?:$/.test(URL.parse(text)?.protocol ?? '');
