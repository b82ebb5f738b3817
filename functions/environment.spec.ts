import { readEnvironment } from './environment.ts';

describe('readEnvironment', () => {
  const complete = {
    TABLE_NAME: 'connections',
    ROOM_LIMIT: '200',
    BUILD: '0.1.0',
    STACK_NAME: 'hello-websocket',
    ORIGINS: 'https://a.example,https://b.example',
    TERMINALS: 'true',
    FRAME_RATE: '100',
    FRAME_BURST: '200',
    AWS_LAMBDA_FUNCTION_NAME: 'hello-websocket-onmessage',
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: 'https://a.execute-api.us-east-1.amazonaws.com/dev',
  };

  it('reads what the stack sets', () => {
    expect(readEnvironment(complete)).toEqual({
      tableName: 'connections',
      roomLimit: 200,
      build: '0.1.0',
      functionName: 'hello-websocket-onmessage',
      stackName: 'hello-websocket',
      doors: { origins: ['https://a.example', 'https://b.example'], terminals: true },
      frameRate: { rate: 100, burst: 200 },
    });
  });

  for (const name of Object.keys(complete)) {
    it(`throws naming ${name} when it is missing or empty`, () => {
      expect(() => readEnvironment({ ...complete, [name]: undefined })).toThrowError(new RegExp(name));
      expect(() => readEnvironment({ ...complete, [name]: '' })).toThrowError(new RegExp(name));
    });
  }

  it('throws when it is not said clearly whether terminals may connect', () => {
    expect(() => readEnvironment({ ...complete, TERMINALS: 'yes' })).toThrowError(/TERMINALS/);
  });

  for (const limit of ['0', '-1', '1.5', 'many']) {
    it(`throws for a room limit of ${limit}`, () => {
      expect(() => readEnvironment({ ...complete, ROOM_LIMIT: limit })).toThrowError(/ROOM_LIMIT/);
    });
  }
});
