import { closeInWords } from './closes.ts';

const MINUTE = 60_000;
const lived = (ageMs: number, idleMs: number) => ({ lived: { ageMs, idleMs } });

describe('closeInWords', () => {
  const meanings: readonly [row: string, code: number, reason: string, words: string][] = [
    ['M12', 1000, '', 'in good order: by the server, or with DELETE through @connections (code 1000).'],
    ['D4', 1002, '', 'not WebSocket’s protocol (code 1002).'],
    ['Q6', 1003, '', 'it takes no binary frames (code 1003).'],
    ['RFC 6455', 1005, '', 'no code was given (code 1005).'],
    ['D2', 1006, '', 'broke off without a goodbye'],
    ['Q12', 1007, '', 'a text was not UTF-8 (code 1007).'],
    ['RFC 6455', 1008, '', 'against its rules (code 1008).'],
    [
      'Q2',
      1009,
      'Max frame',
      'a frame was larger than 32 KB, or a message than 128 KB (code 1009, Max frame).',
    ],
    ['RFC 6455', 1011, '', 'The server failed (code 1011).'],
    ['RFC 6455', 1012, '', 'is restarting (code 1012).'],
    ['RFC 6455', 1013, '', 'too much to do (code 1013).'],
    ['RFC 6455', 4321, 'own', 'The server closed it (code 4321, own).'],
  ];
  for (const [row, code, reason, words] of meanings) {
    it(`[${row}] says of ${code}: ${words}`, () => {
      expect(closeInWords(code, reason)).toContain(words);
    });
  }

  it('[Q7] tells an idle connection by how long nothing had passed over it', () => {
    expect(closeInWords(1001, 'Going away', lived(30 * MINUTE, 10 * MINUTE + 4000))).toBe(
      'API Gateway closed it: idle for 10 minutes (code 1001, Going away).',
    );
  });

  it('[Q8] tells an old connection by its age, even when it was idle', () => {
    expect(closeInWords(1001, '', lived(120 * MINUTE, MINUTE))).toContain('open for 2 hours (code 1001)');
    expect(closeInWords(1001, '', lived(120 * MINUTE, 10 * MINUTE))).toContain('open for 2 hours');
  });

  it('[Q7] [Q8] names both limits when nothing is known of the connection, and neither when it was neither', () => {
    expect(closeInWords(1001, '')).toContain('idle for 10 minutes, or open for 2 hours');
    expect(closeInWords(1001, '', lived(MINUTE, 1000))).toBe('The server went away (code 1001).');
  });

  it('goes by the limits that the server keeps, in the language of the page', () => {
    const limits = { idleTimeoutMs: 5000, maxDurationMs: 90_000 };
    expect(closeInWords(1001, '', { ...lived(6000, 5000), limits })).toContain('idle for 5 seconds');
    expect(closeInWords(1001, '', { ...lived(90_000, 10), limits })).toContain('open for 90 seconds');
    expect(closeInWords(1001, '', { ...lived(6000, 5000), limits, locale: 'ja' })).toContain('5 秒');
  });
});
