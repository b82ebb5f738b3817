import type { Fault } from './faults.ts';

/** What a fault is called, and what happens when it strikes. */
export interface FaultWords {
  readonly name: string;
  readonly explanation: string;
}

/** The faults in words. A function, for the translations are loaded after the modules. */
export function faultWords(): Readonly<Record<Fault, FaultWords>> {
  return {
    drop: {
      name: $localize`Drop connections`,
      explanation: $localize`A frame that is sent is lost, and its connection with it, without a close frame.`,
    },
    loseDisconnect: {
      name: $localize`Lose $disconnect`,
      explanation: $localize`Nobody is told that a connection has ended.`,
    },
    throttle: {
      name: $localize`Throttle`,
      explanation: $localize`The gateway refuses a frame: Too Many Requests.`,
    },
    gone: {
      name: $localize`Peer is gone (410)`,
      explanation: $localize`A post is answered with 410 Gone, and the receiver loses its connection.`,
    },
    limitExceeded: {
      name: $localize`Limit exceeded (429)`,
      explanation: $localize`A post is answered with 429.`,
    },
    internalError: {
      name: $localize`Internal error (500)`,
      explanation: $localize`A post is answered with 500.`,
    },
    hang: {
      name: $localize`No answer`,
      explanation: $localize`A post is never answered.`,
    },
    delayMs: {
      name: $localize`Delay`,
      explanation: $localize`Every frame reaches its receiver so much later.`,
    },
    jitterMs: {
      name: $localize`Jitter`,
      explanation: $localize`By chance up to so much later again.`,
    },
    reorder: {
      name: $localize`Reorder`,
      explanation: $localize`A frame goes out after those that follow it.`,
    },
    duplicate: {
      name: $localize`Duplicate`,
      explanation: $localize`A frame goes out twice.`,
    },
  };
}
