import { createLog } from './log.ts';

describe('createLog', () => {
  it('writes a fault as one JSON line with what finds it again', () => {
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const log = createLog('hello-websocket-onmessage', write, () => 1_705_503_499_229);
    const event = { requestContext: { connectionId: 'A=', requestId: 'r=', connectedAt: 0 }, body: 'secret' };
    log.fault('the frame was not handled', event, new TypeError('first\nsecond'));
    expect(lines.length).toBe(1);
    expect(lines[0]).not.toContain('\n');
    expect(lines[0]).not.toContain('secret');
    expect<unknown>(JSON.parse(lines[0] ?? '')).toEqual({
      timestamp: '2024-01-17T14:58:19.229Z',
      level: 'ERROR',
      message: 'the frame was not handled',
      function: 'hello-websocket-onmessage',
      connectionId: 'A=',
      requestId: 'r=',
      error: { name: 'TypeError', message: 'first\nsecond', stack: jasmine.stringContaining('log.spec') },
    });
  });

  it('describes what is thrown and no error', () => {
    const lines: string[] = [];
    const event = { requestContext: { connectionId: 'A=', requestId: 'r=', connectedAt: 0 } };
    createLog('f', (line) => lines.push(line)).fault('m', event, 'a text');
    expect(lines[0]).toContain('"error":{"message":"a text"}');
  });
});
