import { isOwn, isSentHere } from './guard.ts';

const PORTS = new Set([3001, 4200]);

describe('isOwn', () => {
  for (const [host, origin] of [
    ['localhost:3001', undefined],
    ['127.0.0.1:3001', undefined],
    ['[::1]:3001', undefined],
    ['LOCALHOST:3001', undefined],
    ['localhost:4200', 'http://localhost:4200'],
    ['127.0.0.1:3001', 'http://localhost:4200'],
    ['localhost:3001', 'http://[::1]:3001'],
  ] as const) {
    it(`[X10] lets the host ${host} with the origin ${origin} in`, () => {
      expect(isOwn({ host, ...(origin !== undefined && { origin }) }, PORTS)).toBeTrue();
    });
  }

  for (const [host, origin] of [
    [undefined, undefined],
    ['', undefined],
    ['localhost', undefined],
    ['localhost:3002', undefined],
    ['localhost:03001x', undefined],
    ['localhost.attacker.example:3001', undefined],
    ['attacker.example:3001', undefined],
    ['attacker.example:3001', 'http://attacker.example:3001'],
    ['localhost:3001', 'http://attacker.example'],
    ['localhost:3001', 'https://attacker.example:3001'],
    ['localhost:3001', 'http://localhost'],
    ['localhost:3001', 'http://localhost:9999'],
    ['localhost:3001', 'https://localhost:3001'],
    ['localhost:3001', 'http://localhost:3001@attacker.example'],
    ['localhost:3001', 'http://attacker.example#localhost:3001'],
    ['localhost:3001', 'null'],
    ['localhost:3001', ''],
    ['user@localhost:3001', undefined],
  ] as const) {
    it(`[X10] keeps the host ${host} with the origin ${origin} out`, () => {
      const headers = { ...(host !== undefined && { host }), ...(origin !== undefined && { origin }) };
      expect(isOwn(headers, PORTS)).toBeFalse();
    });
  }
});

describe('isSentHere', () => {
  const sent = (remoteAddress: string | undefined, forwarded?: string): boolean =>
    isSentHere({
      headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
      socket: { remoteAddress },
    });

  for (const [address, forwarded] of [
    ['127.0.0.1', undefined],
    ['127.8.0.1', undefined],
    ['::1', undefined],
    ['::ffff:127.0.0.1', undefined],
    ['127.0.0.1', '127.0.0.1, ::1'],
  ] as const) {
    it(`[X14] lets ${address} in, that forwards for ${forwarded ?? 'nobody'}`, () => {
      expect(sent(address, forwarded)).toBeTrue();
    });
  }

  for (const [address, forwarded] of [
    ['192.168.1.9', undefined],
    ['::ffff:192.168.1.9', undefined],
    ['fe80::1', undefined],
    [undefined, undefined],
    ['127.0.0.1', '192.168.1.9'],
    ['127.0.0.1', '127.0.0.1, 192.168.1.9'],
    ['127.0.0.1', '127.0.0.1.attacker.example'],
    ['192.168.1.9', '127.0.0.1'],
  ] as const) {
    it(`[X14] keeps ${address} out, that forwards for ${forwarded ?? 'nobody'}`, () => {
      expect(sent(address, forwarded)).toBeFalse();
    });
  }
});
