import type { Setup } from '../connection/connection.ts';
import type { Phase } from '../connection/state.ts';

/** The state of the connection as people say it. */
export interface Words {
  readonly tone: 'good' | 'busy' | 'bad';
  /** Short, and still while nothing changes: it is read out when it does. */
  readonly title: string;
  readonly detail?: string;
  /** What to look at, when only the reader can help. */
  readonly checks?: readonly string[];
  /** What the button beside it does. */
  readonly action?: 'try-again' | 'cancel' | 'reconnect' | 'connect' | 'disconnect';
}

export const starting = (): Words => ({ tone: 'busy', title: $localize`Starting` });

export const connecting = (): Words => ({
  tone: 'busy',
  title: $localize`Connecting`,
  action: 'cancel',
});

export const connected = (): Words => ({
  tone: 'good',
  title: $localize`Connected`,
  action: 'disconnect',
});

/** Says what a page says that has just been opened and finds nothing wrong; words.ts, which is fetched later, says the rest. */
export function calmInWords(setup: Setup, phase: Phase, online: boolean): Words | undefined {
  if (setup.kind === 'loading') return starting();
  if (setup.kind !== 'ready') return undefined;
  if (phase.kind === 'connecting' && phase.attempt === 1) return connecting();
  return phase.kind === 'connected' && online ? connected() : undefined;
}
