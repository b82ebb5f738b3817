import type { WireEntry } from './wire-entry.ts';
import { previewOf } from './preview.ts';

const entry = (kind: WireEntry['kind'], text: string, code?: number): WireEntry => ({
  ...{ key: 0, seat: 's', socket: 0, at: 0, direction: 'in', bytes: text.length, kind, text },
  ...(code !== undefined && { code }),
});

describe('The preview of a frame', () => {
  for (const [what, kind, text, preview] of [
    [
      'what is written in a message',
      'message',
      '{"action":"sendMessageRoute","type":"message","forward":"A=","id":"m","data":"Hi \\"you\\"","sentAt":1}',
      '"Hi \\"you\\""',
    ],
    [
      'a message as it is when nothing is written in it',
      'message',
      '{"type":"message","id":"m"}',
      '{"id":"m"}',
    ],
    ['no addresses', 'receipt', '{"type":"receipt","from":"A=","session":"s","ids":["m"]}', '{"ids":["m"]}'],
    ['what has no type', 'plain', 'YOUR ID: A=', 'YOUR ID: A='],
    [
      'a frame that is nothing but addresses',
      'left',
      '{"type":"left","connectionId":"A="}',
      '{"connectionId":"A="}',
    ],
  ] as const) {
    it(`is ${what}`, () => expect(previewOf(entry(kind, text))).toBe(preview));
  }

  it('is the code of a close, and its reason', () => {
    expect(previewOf(entry('close', 'Going away', 1001))).toBe('1001 Going away');
    expect(previewOf(entry('close', '', 1006))).toBe('1006');
  });

  it('is the beginning of what is long', () => {
    const long = 'x'.repeat(30_000);
    expect(previewOf(entry('plain', long)).length).toBe(160);
    expect(previewOf(entry('message', `{"type":"message","data":"${long}"}`)).length).toBe(161);
  });
});
