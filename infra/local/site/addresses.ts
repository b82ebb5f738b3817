/** The port of this machine where an API stands. */
export interface LocalApi {
  /** The host that AWS would give it: `abc123.execute-api.us-east-1.amazonaws.com`. */
  readonly host: string;
  readonly port: number;
}

/** What a deployed page is told about its APIs, as it is true here (PARITY S12). */
export class Addresses {
  readonly #apis: readonly LocalApi[];

  constructor(apis: readonly LocalApi[]) {
    this.#apis = apis;
  }

  /** `text` with the addresses by which somebody who calls this machine `name` reaches the APIs. */
  in(text: string, name: string): string {
    return this.#apis.reduce(
      (changed, { host, port }) =>
        changed
          .replaceAll(`wss://${host}`, `ws://${name}:${port}`)
          .replaceAll(`https://${host}`, `http://${name}:${port}`),
      text,
    );
  }
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What a `Host` header calls this machine, without the port: `localhost` for every loopback name, and when it is no name at all. */
export function calledName(host: string | undefined): string {
  const [, name = ''] = /^(\[[\da-f:.]+\]|[a-z\d.-]+)(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  return name === '' || LOOPBACK_NAMES.has(name.toLowerCase()) ? 'localhost' : name.toLowerCase();
}
