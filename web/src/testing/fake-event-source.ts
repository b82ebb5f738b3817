import type { EventStream, EventStreamConstructor } from '../app/local/tokens.ts';

/** A stream of server-sent events whose other end is the test: `open()`, `tell(type, data)`, `lose()` and `end()`. */
export class FakeEventSource implements EventStream {
  readonly url: string;
  readyState = 0;
  onopen: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(url: string) {
    this.url = url;
  }

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.readyState = 2;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** An event arrives: an object as its JSON, a text as it is. */
  tell(type: string, data: object | string): void {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    this.#listeners.get(type)?.(new MessageEvent(type, { data: text }));
  }

  /** The connection breaks, and the browser is connecting again. */
  lose(): void {
    this.readyState = 0;
    this.onerror?.({});
  }

  /** The connection ends for good: the browser does not try again. */
  end(): void {
    this.readyState = 2;
    this.onerror?.({});
  }
}

/** All streams that the page has opened, in order, and the class that opens them. */
export class FakeStreams {
  readonly all: FakeEventSource[] = [];
  readonly EventSource: EventStreamConstructor;

  constructor() {
    const { all } = this;
    this.EventSource = class extends FakeEventSource {
      constructor(url: string) {
        super(url);
        all.push(this);
      }
    };
  }

  /** The one opened last. */
  get stream(): FakeEventSource {
    const stream = this.all.at(-1);
    if (!stream) throw new Error('The page has not opened a stream.');
    return stream;
  }
}
