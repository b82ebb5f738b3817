import type { Setup } from '../connection/connection.ts';
import type { Ending } from '../connection/link.ts';
import type { Phase } from '../connection/state.ts';
import { connected, connecting, starting, type Words } from './calm.ts';
import { type Circumstances, closeInWords } from './closes.ts';
import { credentialChecks, lackInWords } from './lacks.ts';

/** After this many failed handshakes in a row it is likely that waiting alone does not help. */
const HANDSHAKES_BEFORE_ADVICE = 3;

/** Says where the connection stands, whatever is the matter. */
export function inWords(
  setup: Setup,
  phase: Phase,
  online: boolean,
  circumstances: Circumstances = {},
): Words {
  switch (setup.kind) {
    case 'loading':
      return starting();
    case 'no-config':
      return {
        tone: 'bad',
        title: $localize`Cannot read config.json`,
        detail: setup.reason,
        checks: [
          $localize`It holds the WebSocket URL. On a laptop the local runner serves it: is npm start still running?`,
          $localize`On AWS it is deployed beside the page: did the deployment finish?`,
        ],
        action: 'try-again',
      };
    case 'bad-address':
      return {
        tone: 'bad',
        title: $localize`The address of this page is not right`,
        detail: $localize`It names a place that cannot be: ${setup.reason}:reason:.`,
        checks: [$localize`Mend ?room= or ?name= in the address bar.`],
      };
    case 'ready':
      return phaseInWords(phase, online, { ...circumstances, asks: setup.asks });
  }
}

function phaseInWords(phase: Phase, online: boolean, circumstances: Circumstances): Words {
  switch (phase.kind) {
    case 'disconnected':
      return {
        tone: 'bad',
        title: $localize`Disconnected`,
        detail: $localize`You left the room.`,
        action: 'connect',
      };
    case 'connecting':
      return phase.attempt === 1
        ? connecting()
        : {
            tone: 'busy',
            title: $localize`Reconnecting`,
            detail: $localize`Attempt ${phase.attempt}:attempt:.`,
            action: 'cancel',
          };
    case 'connected':
      return online
        ? connected()
        : {
            tone: 'busy',
            title: $localize`Offline`,
            detail: $localize`This device says that it has no network. The connection is not lost yet: it is being asked.`,
            action: 'disconnect',
          };
    case 'waiting':
      if (phase.why.kind === 'barred') return lackInWords(phase.why.lack, circumstances.locale);
      return { ...waitingInWords(phase, online, circumstances), action: 'reconnect' };
  }
}

function waitingInWords(
  { why, failedHandshakes }: Phase & { readonly kind: 'waiting' },
  online: boolean,
  circumstances: Circumstances,
): Words {
  if (!online) {
    return {
      tone: 'bad',
      title: $localize`Offline`,
      detail: $localize`This device has no network. The page goes on trying.`,
    };
  }
  if (failedHandshakes >= HANDSHAKES_BEFORE_ADVICE) {
    return {
      tone: 'bad',
      title: $localize`Cannot connect`,
      detail: $localize`${failedHandshakes}:count: handshakes in a row failed. The gateway’s answer (400, 401, 403, 429, 502 …) never reaches a page: a browser tells it only that there was none to its liking.`,
      checks: [
        ...credentialChecks(circumstances.asks),
        $localize`On a laptop: is the local runner still running? It prints every handshake it refuses.`,
        $localize`On AWS: does the URL in config.json name an API and a stage that exist? What does the log of onconnect say?`,
        $localize`In between: does a proxy, a VPN or a firewall forbid WebSockets?`,
      ],
    };
  }
  const checks = failedHandshakes > 0 ? credentialChecks(circumstances.asks) : [];
  return { tone: 'busy', title: $localize`Reconnecting`, detail: endingInWords(why, circumstances), checks };
}

/** Says why a connection ended. */
export function endingInWords(why: Ending, circumstances: Circumstances = {}): string {
  switch (why.kind) {
    case 'closed':
      return closeInWords(why.code, why.reason, circumstances);
    case 'handshake-failed':
      return why.reason === ''
        ? $localize`The handshake failed.`
        : $localize`The handshake failed: ${why.reason}:reason:`;
    case 'barred':
      return lackInWords(why.lack, circumstances.locale).detail ?? '';
    case 'handshake-slow':
      return $localize`The handshake was not answered in time.`;
    case 'no-welcome':
      return $localize`The connection opened, but no welcome came.`;
    case 'silent':
      return $localize`Nothing was heard any more, not even the answer to a ping.`;
    case 'refused':
      return refusalInWords(why.code, why.reason);
    case 'trouble':
      return $localize`API Gateway could not run the function that welcomes us: ${why.message}:message:.`;
  }
}

function refusalInWords(code: string, reason: string): string {
  if (code === 'room-full') return $localize`The room is full. Another room is one ?room= away.`;
  if (code === 'not-member') return $localize`The room does not list this connection any more.`;
  return $localize`The room refused us (${code}:code:): ${reason}:reason:`;
}
