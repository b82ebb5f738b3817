import { TestBed } from '@angular/core/testing';
import { FETCH } from '../app/connection/tokens.ts';
import { EVENT_SOURCE } from '../app/local/tokens.ts';
import { FakeStreams } from './fake-event-source.ts';
import { type Given, surround, until } from './page.ts';

const WITH_RUNNER = JSON.stringify({ webSocketUrl: 'ws://localhost:3001/dev', local: '_local/' });

/** The faults of a local runner that a test plays: what was asked of it, and what it answers. */
class FakeFaults {
  readonly asked: (readonly [url: string, body?: unknown])[] = [];
  settings: Record<string, number> = {};
  /** Whether anybody answers. */
  answers = true;
  #answered = 0;

  answer(url: string, body: string | undefined): Promise<Response> {
    const changes = body === undefined ? undefined : (JSON.parse(body) as Record<string, number>);
    this.asked.push(changes === undefined ? [url] : [url, changes]);
    if (!this.answers) {
      this.#answered++;
      return Promise.reject(new TypeError('Failed to fetch'));
    }
    this.settings = { ...this.settings, ...changes };
    const response = new Response();
    const { settings } = this;
    spyOn(response, 'json').and.callFake(() => {
      this.#answered++;
      return Promise.resolve(settings);
    });
    return Promise.resolve(response);
  }

  /** Waits until the page has heard what it asked for. */
  async heard(): Promise<void> {
    await until(() => this.#answered === this.asked.length);
    // The promises between the answer and whoever asked.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Surroundings with a local runner behind the page. */
export function surroundWithRunner({ config = WITH_RUNNER, ...given }: Given = {}) {
  const surroundings = surround({ config, ...given });
  const streams = new FakeStreams();
  const faults = new FakeFaults();
  TestBed.configureTestingModule({
    providers: [
      { provide: EVENT_SOURCE, useValue: streams.EventSource },
      {
        provide: FETCH,
        useValue: (url: string, { body }: { readonly body?: string } = {}) =>
          url === 'config.json' ? Promise.resolve(new Response(config)) : faults.answer(url, body),
      },
    ],
  });
  /** Waits for the page to want the stream, and opens it. */
  const opened = async () => {
    await until(() => {
      TestBed.tick();
      return streams.all.length > 0;
    });
    streams.stream.open();
    return streams.stream;
  };
  /** The same, and the page has heard which faults are in force. */
  const listened = async () => {
    const stream = await opened();
    await faults.heard();
    return stream;
  };
  return { ...surroundings, faults, streams, opened, listened };
}
