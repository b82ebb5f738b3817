/** One event of the stream. */
export interface StreamEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The stream of a runner, read by a test. */
export interface Events {
  /** All so far. */
  readonly all: readonly StreamEvent[];
  /** The same, as it came. */
  text(): string;
  /** The `nth` event of this name, once it is there. */
  until(event: string, nth?: number): Promise<StreamEvent>;
}

/** Reads `/_local/stream` from now on, for as long as the runner lives. */
export async function readEvents(port: number): Promise<Events> {
  const response = await fetch(`http://127.0.0.1:${port}/_local/stream`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const all: StreamEvent[] = [];
  let told = '';
  let read = 0;
  const readOn = async (): Promise<void> => {
    const { value, done = true } = (await reader?.read()) ?? {};
    if (done) throw new Error('the stream ended');
    told += value ?? '';
    for (let end = told.indexOf('\n\n', read); end >= 0; end = told.indexOf('\n\n', read)) {
      const block = told.slice(read, end);
      read = end + 2;
      if (block.startsWith(':')) continue; // A comment.
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      all.push({ event, data: JSON.parse(data) as StreamEvent['data'] });
    }
  };
  return {
    all,
    text: () => told,
    async until(event, nth = 1) {
      for (;;) {
        const found = all.filter((one) => one.event === event)[nth - 1];
        if (found) return found;
        await readOn();
      }
    },
  };
}
