import { parseArgs } from 'node:util';

/** What the command was asked for. */
export interface Flags {
  readonly help: boolean;
  readonly seed: number;
  /** How many are written inside the window, over all runs. */
  readonly messages: number;
  /** A part of the names of the runs; all when there is none. */
  readonly only: string | undefined;
}

export const USAGE = `npm run soak -- [flags]

Lets clients talk through the runner while things go wrong, one after the other and all at once, and counts what became of every message.

  --seed N        throws the same dice again
  --messages N    how many are written in all, but for outages beyond the window (10000)
  --only TEXT     the runs whose names have that in them
  --help          this text

It ends with 1 when a promise was broken.`;

/** Reads the command line. Throws an error whose message is for the person who typed it. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      help: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
      messages: { type: 'string', default: '10000' },
      only: { type: 'string' },
    },
  });
  const { help, seed, messages, only } = values;
  return { help, seed: whole('--seed', seed), messages: whole('--messages', messages), only };
}

function whole(flag: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${flag} must be a whole number, not ${text}`);
  return Number(text);
}
