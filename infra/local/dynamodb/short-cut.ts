import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';

/** The way to the tables past HTTP, for one thread. */
export interface Tables {
  /** Where they are reached by HTTP. */
  readonly port: number;
  /** Where a `TableCall` goes, and its `TableAnswer` comes from. It closes when the tables crash. */
  readonly calls: MessagePort;
}

/** A request to the tables as it goes from thread to thread. */
export interface TableCall {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the tables answer to the call with this `id`. */
export interface TableAnswer {
  readonly id: number;
  readonly answer: Answer;
}

/** An answer of the tables, as HTTP has it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Stands in for `http.IncomingMessage` towards what dynalite does with one. */
export class TableRequest extends EventEmitter {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly #body: string;

  constructor({ method, path, headers, body }: TableCall) {
    super();
    this.method = method;
    this.url = path;
    this.headers = { ...headers };
    this.#body = body;
  }

  /** Hands the body to whoever listens by now. */
  deliver(): void {
    if (this.#body !== '') this.emit('data', Buffer.from(this.#body));
    this.emit('end');
  }
}

/** Stands in for `http.ServerResponse` towards what dynalite does with one. */
export class TableResponse {
  statusCode = 200;
  readonly #headers: Record<string, string> = {};
  readonly #ended: (answer: Answer) => void;

  constructor(ended: (answer: Answer) => void) {
    this.#ended = ended;
  }

  setHeader(name: string, value: number | string): void {
    this.#headers[name] = String(value);
  }

  end(body = ''): void {
    this.#ended({ status: this.statusCode, headers: this.#headers, body });
  }
}
