import type { Visitor } from '../visitor.ts';

/** An error frame with its ids taken out where they are right: its own connection's, where that is known, and one of the right form. */
export const withoutIds = (frame: string, connectionId = '[A-Za-z0-9_-]{15}='): string =>
  frame
    .replace(new RegExp(`"connectionId":"${connectionId}"`), '"connectionId":"<its id>"')
    .replace(/"requestId":"[A-Za-z0-9_-]{15}="/, '"requestId":"<an id>"');

/** The error frame that a message gets, without its ids. */
export async function troubleOf(visitor: Visitor, message: object | string): Promise<string> {
  const id = await visitor.id();
  return withoutIds(await visitor.ask(message), id);
}

/** The bytes of an error frame, without its ids. */
export const frame = (message: string): string =>
  `{"message": "${message}", "connectionId":"<its id>", "requestId":"<an id>"}`;
