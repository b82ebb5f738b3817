import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';

const WSCAT = fileURLToPath(import.meta.resolve('wscat/bin/wscat'));

/** Somebody at a terminal: the very `wscat` of the line that `npm start` prints, speaking the plain dialect. */
export class Terminal {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];

  constructor(webSocketUrl: string, { room, name }: { readonly room: string; readonly name?: string }) {
    const url = new URL(webSocketUrl);
    url.searchParams.set('room', room);
    if (name !== undefined) url.searchParams.set('name', name);
    const child = spawn(process.execPath, [WSCAT, '-c', url.href], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      // After a line that was typed, wscat prompts for the next, and what it hears stands behind the prompt.
      this.#lines.push(line.replace(/^(> )+/, ''));
    });
    this.#child = child;
  }

  /** Types a line. wscat drops what is typed before it is connected, so hear from a page first. */
  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Types the article's line that sends `data`, to itself without a `forward`. */
  send(data: string, forward?: string): void {
    this.type(JSON.stringify({ action: 'sendMessageRoute', data, forward }));
  }

  /** Waits until these lines, and no others, were printed. */
  async shows(...lines: readonly (string | RegExp)[]): Promise<void> {
    const wanted: unknown[] = lines.map((line) =>
      typeof line === 'string' ? line : expect.stringMatching(line),
    );
    await expect.poll(() => this.#lines).toEqual(wanted);
  }

  /** The lines printed so far. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Ctrl-D: wscat closes the connection and ends. */
  async leave(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exit;
  }
}
