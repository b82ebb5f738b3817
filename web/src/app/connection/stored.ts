import type { Resume } from '#protocol';
import type { Conversation } from './conversation.ts';
import type { Transcript, Vital } from './memory.ts';
import type { Stream } from './outbox.ts';
import type { Inflow } from './receiver.ts';

/** Changes whenever the stored shape does: what another version has stored is not read. */
export type Version = 1;

/** A stream to us as it is stored: what was held back has no receipt, and comes again. */
export type StoredFlow = Pick<Inflow, 'session' | 'next' | 'shown'>;

export interface StoredVital {
  readonly version: Version;
  readonly resume: Resume;
  readonly outbox: readonly (readonly [string, Stream])[];
  readonly streams: readonly (readonly [string, StoredFlow])[];
}
export interface StoredTranscript {
  readonly version: Version;
  readonly selected?: string | undefined;
  readonly conversations: readonly Conversation[];
}

/** What must not be lost, as text. */
export function vitalAsText({ resume, outbox, streams }: Vital): string {
  const flows = [...streams].map(
    ([key, { session, next, shown }]) => [key, { session, next, shown }] as const,
  );
  const stored: StoredVital = { version: 1, resume, outbox: [...outbox], streams: flows };
  return JSON.stringify(stored);
}

/** What is on screen, as text. */
export function transcriptAsText({ conversations, selected }: Transcript): string {
  const stored: StoredTranscript = { version: 1, selected, conversations: [...conversations.values()] };
  return JSON.stringify(stored);
}
