import { FrameMeter } from './frame-meter.ts';

/** A frame of `length` zero bytes, as RFC 6455 section 5.2 lays it out. */
function frame(length: number, mask = true): Buffer {
  const size = length < 126 ? length : length < 65_536 ? 126 : 127;
  const extended = Buffer.alloc(size === 126 ? 2 : size === 127 ? 8 : 0);
  if (size === 126) extended.writeUInt16BE(length);
  if (size === 127) extended.writeBigUInt64BE(BigInt(length));
  const head = Buffer.from([0x81, size | (mask ? 0x80 : 0)]);
  return Buffer.concat([head, extended, Buffer.alloc(mask ? 4 : 0), Buffer.alloc(length)]);
}

describe('FrameMeter', () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536]) {
    it(`[Q2] lets a frame of ${length} bytes pass at a limit of ${length}, and not at one less`, () => {
      expect(new FrameMeter(length).exceeds(frame(length))).toBeFalse();
      if (length > 0) expect(new FrameMeter(length - 1).exceeds(frame(length))).toBeTrue();
    });
  }

  it('[Q2] finds the long one among others, however the bytes are cut', () => {
    const stream = Buffer.concat([frame(10), frame(300), frame(0, false), frame(1001)]);
    for (const size of [1, 2, 3, 7, 100, stream.length]) {
      const meter = new FrameMeter(1000);
      const found = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
        meter.exceeds(stream.subarray(index * size, (index + 1) * size)),
      );
      expect(found.filter(Boolean).length).withContext(`cut into ${size}`).toBe(1);
    }
  });
});
