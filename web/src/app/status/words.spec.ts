import type { Setup } from '../connection/connection.ts';
import type { Ending } from '../connection/link.ts';
import type { Lack } from '../connection/pass.ts';
import type { Phase } from '../connection/state.ts';
import { calmInWords } from './calm.ts';
import { endingInWords, inWords } from './words.ts';

const READY: Setup = { kind: 'ready', webSocketUrl: 'ws://localhost:3001/dev', asks: [] };
const closed = (code: number, reason = ''): Ending => ({ kind: 'closed', code, reason });
const waiting = (why: Ending, failedHandshakes = 0): Phase => ({
  kind: 'waiting',
  attempt: 2,
  retryAt: 0,
  why,
  failedHandshakes,
});

describe('inWords', () => {
  const states: readonly [string, Setup, Phase, boolean, string, string | undefined][] = [
    [
      'before config.json is read',
      { kind: 'loading' },
      { kind: 'disconnected' },
      true,
      'Starting',
      undefined,
    ],
    [
      'without config.json',
      { kind: 'no-config', reason: 'x' },
      { kind: 'disconnected' },
      true,
      'Cannot read config.json',
      'try-again',
    ],
    [
      'at an address that cannot be',
      { kind: 'bad-address', reason: 'x' },
      { kind: 'disconnected' },
      true,
      'The address of this page is not right',
      undefined,
    ],
    ['at first', READY, { kind: 'connecting', attempt: 1 }, true, 'Connecting', 'cancel'],
    ['again', READY, { kind: 'connecting', attempt: 2 }, true, 'Reconnecting', 'cancel'],
    ['in the room', READY, { kind: 'connected', since: 0 }, true, 'Connected', 'disconnect'],
    ['in the room without a network', READY, { kind: 'connected', since: 0 }, false, 'Offline', 'disconnect'],
    ['between two attempts', READY, waiting(closed(1001)), true, 'Reconnecting', 'reconnect'],
    ['without a network', READY, waiting(closed(1006)), false, 'Offline', 'reconnect'],
    ['after leaving', READY, { kind: 'disconnected' }, true, 'Disconnected', 'connect'],
    [
      'after two failed handshakes',
      READY,
      waiting({ kind: 'handshake-failed', reason: '' }, 2),
      true,
      'Reconnecting',
      'reconnect',
    ],
    [
      'after the third failed handshake',
      READY,
      waiting({ kind: 'handshake-failed', reason: '' }, 3),
      true,
      'Cannot connect',
      'reconnect',
    ],
  ];
  for (const [when, setup, phase, online, title, action] of states) {
    it(`says "${title}" ${when}`, () => {
      const words = inWords(setup, phase, online);
      expect(words.title).toBe(title);
      expect(words.action).toBe(action as typeof words.action);
      // What the page says before these words are fetched is the same.
      expect([words, undefined]).toContain(calmInWords(setup, phase, online));
    });
  }

  it('says what to check when waiting alone does not help', () => {
    const { checks } = inWords(READY, waiting({ kind: 'handshake-failed', reason: '' }, 3), true);
    expect(checks?.join(' ')).toMatch(/runner.*onconnect.*firewall/);
    expect(inWords({ kind: 'no-config', reason: 'x' }, { kind: 'disconnected' }, true).checks?.length).toBe(
      2,
    );
  });
});

describe('inWords of what is lacking', () => {
  const lacks: readonly [Lack, string, string][] = [
    [{ what: 'missing', credential: 'invitation' }, 'This room is for members', 'by invitation alone'],
    [{ what: 'damaged', credential: 'invitation' }, 'The invitation cannot be read', 'cut'],
    [{ what: 'ended', credential: 'invitation', at: 0 }, 'The invitation has ended', 'valid until'],
    [{ what: 'missing', credential: 'token' }, 'Sign in first', 'token of its issuer'],
    [{ what: 'damaged', credential: 'token' }, 'The token cannot be read', 'no JSON Web Token'],
    [{ what: 'ended', credential: 'token', at: 0 }, 'The token has ended', 'valid until'],
  ];
  for (const [lack, title, detail] of lacks) {
    it(`[P27] [P28] says "${title}", with or without a network`, () => {
      for (const online of [true, false]) {
        const words = inWords(READY, waiting({ kind: 'barred', lack }), online);
        expect([words.title, words.action]).toEqual([title, 'try-again']);
        expect(words.detail).toContain(detail);
      }
    });
  }

  it('says when it ended, in the language of the page', () => {
    const at = Date.UTC(2026, 10, 23, 12);
    const why: Ending = { kind: 'barred', lack: { what: 'ended', credential: 'token', at } };
    expect(endingInWords(why, { locale: 'ja' })).toContain('2026/11/23');
  });

  it('says from the first failed handshake on what may be wrong with what was brought', () => {
    const asks: Setup = { ...READY, asks: ['token', 'invitation'] };
    const failed = (times: number) => waiting({ kind: 'handshake-failed', reason: '' }, times);
    expect(inWords(asks, failed(1), true).checks?.join(' ')).toMatch(/Signed in: .*For members: /);
    expect(inWords(asks, failed(3), true).checks?.length).toBe(5);
    expect(inWords(READY, failed(1), true).checks).toEqual([]);
    expect(inWords(asks, waiting(closed(1001)), true).checks).toEqual([]);
  });
});

describe('endingInWords', () => {
  const endings: readonly [Ending, string][] = [
    [closed(1009, 'Max frame'), '(code 1009, Max frame)'],
    [{ kind: 'handshake-failed', reason: '' }, 'The handshake failed.'],
    [{ kind: 'handshake-failed', reason: 'insecure' }, 'The handshake failed: insecure'],
    [{ kind: 'handshake-slow' }, 'not answered in time'],
    [{ kind: 'no-welcome' }, 'no welcome came'],
    [{ kind: 'silent' }, 'not even the answer to a ping'],
    [{ kind: 'refused', code: 'room-full', reason: 'x' }, 'The room is full'],
    [{ kind: 'refused', code: 'not-member', reason: 'x' }, 'does not list this connection any more'],
    [{ kind: 'refused', code: 'invalid', reason: 'room must fit' }, '(invalid): room must fit'],
    [{ kind: 'trouble', message: 'Internal server error' }, 'Internal server error'],
  ];
  for (const [why, words] of endings) {
    it(`says "${words}"`, () => {
      expect(endingInWords(why)).toContain(words);
    });
  }

  it('tells one limit of API Gateway from the other by what was seen of the connection', () => {
    const lived = { ageMs: 3_600_000, idleMs: 600_000 };
    expect(endingInWords(closed(1001), { lived })).toBe(
      'API Gateway closed it: idle for 10 minutes (code 1001).',
    );
    expect(inWords(READY, waiting(closed(1001)), true, { lived }).detail).toContain('idle for 10 minutes');
  });
});
