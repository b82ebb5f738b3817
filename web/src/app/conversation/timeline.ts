import type { Line } from '../connection/conversation.ts';

/** One message where it stands in a conversation, and what is said before it. */
export interface Entry {
  /** Tells it from the others of its conversation, and stays the same for as long as it is in there. */
  readonly key: string;
  readonly line: Line;
  /** A moment of the day that begins here; undefined within a day. */
  readonly day: number | undefined;
  /** Whether what is new to the reader begins here. */
  readonly isFirstNew: boolean;
}

/** A conversation with its days. `newFrom` is the id of the message to us from which they are new. */
export function timeline(lines: readonly Line[], newFrom: string | undefined): readonly Entry[] {
  const known = new Map<string, number>();
  const firstNew = lines.findLastIndex(({ id, sent }) => id === newFrom && sent === undefined);
  let today = -Infinity;
  return lines.map((line, index) => {
    // Our ids and theirs are their own, and theirs may come twice.
    const name = `${line.sent ? 'ours' : 'theirs'} ${line.id}`;
    const times = known.get(name) ?? 0;
    known.set(name, times + 1);
    const day = startOfDay(line.at);
    // The clocks of two sides differ: near midnight a message may seem to come from the day before.
    const isNext = day > today;
    if (isNext) today = day;
    return {
      key: times === 0 ? name : `${name} ${times}`,
      line,
      day: isNext ? day : undefined,
      isFirstNew: index === firstNew,
    };
  });
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
