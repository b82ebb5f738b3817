import { ACTION } from '#protocol';
import { bytesOf, encode, FRAME_LIMIT } from './outgoing.ts';

describe('outgoing', () => {
  it('[P4] puts the action that API Gateway routes by into every frame', () => {
    expect(JSON.parse(encode({ type: 'ping', id: 'p1' }))).toEqual({
      action: ACTION,
      type: 'ping',
      id: 'p1',
    });
  });

  it('[P6] counts UTF-8 bytes, not characters', () => {
    const bytesWith = (data: string) =>
      bytesOf({ type: 'message', forward: 'B=', id: 'm', stream: 's', seq: 0, base: 0, data });
    expect(bytesWith('あ') - bytesWith('')).toBe(3);
    expect(bytesWith('🐙') - bytesWith('')).toBe(4);
    // JSON writes a line break as two characters.
    expect(bytesWith('\n') - bytesWith('')).toBe(2);
  });

  it('[P6] leaves room in a frame for what the server adds', () => {
    expect(FRAME_LIMIT).toBe(32_512);
  });
});
