import type { Setup } from '../connection/connection.ts';
import type { Ending } from '../connection/link.ts';
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

/** After this many failed handshakes in a row it is likely that waiting alone does not help. */
const HANDSHAKES_BEFORE_ADVICE = 3;

/** Says where the connection stands. */
export function inWords(setup: Setup, phase: Phase, online: boolean): Words {
  switch (setup.kind) {
    case 'loading':
      return { tone: 'busy', title: 'Starting' };
    case 'no-config':
      return {
        tone: 'bad',
        title: 'Cannot read config.json',
        detail: setup.reason,
        checks: [
          'It holds the WebSocket URL. On a laptop the local runner serves it: is npm start still running?',
          'On AWS it is deployed beside the page: did the deployment finish?',
        ],
        action: 'try-again',
      };
    case 'bad-address':
      return {
        tone: 'bad',
        title: 'The address of this page is not right',
        detail: `It names a place that cannot be: ${setup.reason}.`,
        checks: ['Mend ?room= or ?name= in the address bar.'],
      };
    case 'ready':
      return phaseInWords(phase, online);
  }
}

function phaseInWords(phase: Phase, online: boolean): Words {
  switch (phase.kind) {
    case 'disconnected':
      return { tone: 'bad', title: 'Disconnected', detail: 'You left the room.', action: 'connect' };
    case 'connecting':
      return phase.attempt === 1
        ? { tone: 'busy', title: 'Connecting', action: 'cancel' }
        : { tone: 'busy', title: 'Reconnecting', detail: `Attempt ${phase.attempt}.`, action: 'cancel' };
    case 'connected':
      return online
        ? { tone: 'good', title: 'Connected', action: 'disconnect' }
        : {
            tone: 'busy',
            title: 'Offline',
            detail:
              'This device says that it has no network. The connection is not lost yet: it is being asked.',
            action: 'disconnect',
          };
    case 'waiting':
      return { ...waitingInWords(phase, online), action: 'reconnect' };
  }
}

function waitingInWords(
  { why, failedHandshakes }: Phase & { readonly kind: 'waiting' },
  online: boolean,
): Words {
  if (!online) {
    return { tone: 'bad', title: 'Offline', detail: 'This device has no network. The page goes on trying.' };
  }
  if (failedHandshakes >= HANDSHAKES_BEFORE_ADVICE) {
    return {
      tone: 'bad',
      title: 'Cannot connect',
      detail: `${failedHandshakes} handshakes in a row failed. A browser is not told why.`,
      checks: [
        'On a laptop: is the local runner still running? It prints every handshake it refuses.',
        'On AWS: does the URL in config.json name an API and a stage that exist? What does the log of onconnect say?',
        'In between: does a proxy, a VPN or a firewall forbid WebSockets?',
      ],
    };
  }
  return { tone: 'busy', title: 'Reconnecting', detail: endingInWords(why) };
}

/** Says why a connection ended. */
export function endingInWords(why: Ending): string {
  switch (why.kind) {
    case 'closed':
      return closeInWords(why.code, why.reason);
    case 'handshake-failed':
      return why.reason === '' ? 'The handshake failed.' : `The handshake failed: ${why.reason}`;
    case 'handshake-slow':
      return 'The handshake was not answered in time.';
    case 'no-welcome':
      return 'The connection opened, but no welcome came.';
    case 'silent':
      return 'Nothing was heard any more, not even the answer to a ping.';
    case 'refused':
      return refusalInWords(why.code, why.reason);
    case 'trouble':
      return `API Gateway could not run the function that welcomes us: ${why.message}.`;
  }
}

function refusalInWords(code: string, reason: string): string {
  if (code === 'room-full') return 'The room is full. Another room is one ?room= away.';
  if (code === 'not-member') return 'The room does not list this connection any more.';
  return `The room refused us (${code}): ${reason}`;
}

const CLOSES: Readonly<Record<number, string>> = {
  1000: 'The server closed the connection normally',
  1001: 'API Gateway closed it: it was idle for 10 minutes, or open for 2 hours',
  1005: 'The server closed the connection and gave no code',
  1006: 'The connection broke off without a goodbye: the network or the server went away',
  1009: 'API Gateway closed it: a frame was too large',
  1011: 'The server failed',
  1012: 'The server is restarting',
};

function closeInWords(code: number, reason: string): string {
  const words = CLOSES[code] ?? 'The server closed the connection';
  return `${words} (code ${code}${reason === '' ? '' : `, ${reason}`}).`;
}
