import { readFlags, USAGE } from './flags.ts';

describe('The flags of npm start', () => {
  const DEFAULTS = {
    port: 3001,
    webPort: 4200,
    web: true,
    production: false,
    context: {},
    help: false,
    limits: {},
    faults: {},
  };

  for (const [args, differs] of [
    [[], {}],
    [['--port', '8080'], { port: 8080 }],
    [['--port=0'], { port: 0 }],
    [['--port', '65535'], { port: 65_535 }],
    [['--web-port', '0'], { webPort: 0 }],
    [['--no-web'], { web: false }],
    [['--web'], { web: true }],
    [['--production'], { production: true }],
    [['--host'], { host: '0.0.0.0' }],
    [['--host', '--no-web'], { host: '0.0.0.0', web: false }],
    [['--host=192.168.1.5'], { host: '192.168.1.5' }],
    [['--help'], { help: true }],
    [['--data', '/tables'], { data: '/tables' }],
    [['--idle-timeout', '500ms'], { limits: { idleTimeoutMs: 500 } }],
    [['--idle-timeout', '1.5s'], { limits: { idleTimeoutMs: 1500 } }],
    [
      ['--max-duration', '10m', '--integration-timeout', '2h'],
      { limits: { maxDurationMs: 600_000, integrationTimeoutMs: 7_200_000 } },
    ],
    [
      ['--port', '1', '--web-port', '2', '--no-web', '--idle-timeout', '3s'],
      { port: 1, webPort: 2, web: false, limits: { idleTimeoutMs: 3000 } },
    ],
    [['--rate', '5', '--burst', '2'], { limits: { rate: 5, burst: 2 } }],
    [['--connection-rate', '9'], { limits: { connectionRate: 9 } }],
    [['--fault', 'drop=0.1', '--fault', 'delayMs=200'], { faults: { drop: 0.1, delayMs: 200 } }],
    [
      ['-c', 'roomLimit=5', '-c', 'origins=https://a.example'],
      { context: { roomLimit: '5', origins: 'https://a.example' } },
    ],
    // As with every command, the last one counts.
    [['--port', '1', '--port', '2'], { port: 2 }],
  ] as const) {
    it(`are read from: npm start -- ${args.join(' ')}`, () => {
      expect(readFlags(args)).toEqual({ ...DEFAULTS, ...differs });
    });
  }

  for (const [args, message] of [
    [['--port', '-1'], '--port must be a port from 0 to 65535, not -1'],
    [['--port=-1'], '--port must be a port from 0 to 65535, not -1'],
    [['--port', '65536'], '--port must be a port from 0 to 65535, not 65536'],
    [['--port', '3001.5'], '--port must be a port from 0 to 65535, not 3001.5'],
    [['--port', '0x10'], '--port must be a port from 0 to 65535, not 0x10'],
    [['--port', ''], '--port must be a port from 0 to 65535, not nothing'],
    [['--port'], '--port needs a value; --help tells more'],
    [['--port', '--no-web'], '--port needs a value; --help tells more'],
    [['--web-port', 'http'], '--web-port must be a port from 0 to 65535, not http'],
    [['--no-port'], 'There is no flag --no-port: --help tells which there are'],
    [['--idle-timeout', '5'], '--idle-timeout must be a duration such as 500ms, 5s, 10m or 2h, not 5'],
    [['--idle-timeout', '0s'], '--idle-timeout must be a duration such as 500ms, 5s, 10m or 2h, not 0s'],
    [['--idle-timeout=-5s'], '--idle-timeout must be a duration such as 500ms, 5s, 10m or 2h, not -5s'],
    [['--max-duration', '2d'], '--max-duration must be a duration such as 500ms, 5s, 10m or 2h, not 2d'],
    [['--max-duration', '1constructor'], /--max-duration must be a duration/],
    [['--max-duration', '597h'], '--max-duration must be a duration such as 500ms, 5s, 10m or 2h, not 597h'],
    [
      ['--integration-timeout', ''],
      '--integration-timeout must be a duration such as 500ms, 5s, 10m or 2h, not nothing',
    ],
    [['--rate', '-1'], '--rate must be a whole number from 1, not -1'],
    [['--rate', '0'], '--rate must be a whole number from 1, not 0'],
    [['--burst', '1e3'], '--burst must be a whole number from 1, not 1e3'],
    [['--host=laptop'], '--host must be an IPv4 address of this machine, or stand alone, not laptop'],
    [['--host', '192.168.1.5'], '192.168.1.5 is not a flag: --help tells which there are'],
    [['--data', ''], '--data must be a folder, not nothing'],
    [['--fault', 'drop'], '--fault: a fault is written name=value, not drop'],
    [['--fault', 'delayMs=-1'], '--fault: delayMs must be a number from 0 to 60000'],
    [['--fault', 'drop=2'], '--fault: drop must be a number from 0 to 1'],
    [['--fault', 'delayMs=60001'], '--fault: delayMs must be a number from 0 to 60000'],
    [['--fault', 'toString=1'], /^--fault: there is no fault toString: there are drop, /],
    [['-c'], '-c needs a value; --help tells more'],
    [['-c', 'roomLimit'], '-c must be name=value, not roomLimit'],
    [['--no-such-flag'], 'There is no flag --no-such-flag: --help tells which there are'],
    [['-x'], 'There is no flag -x: --help tells which there are'],
    [['3001'], '3001 is not a flag: --help tells which there are'],
    [['--web=yes'], '--web takes no value; --help tells more'],
    [['--no-web', '-1'], '--web takes no value; --help tells more'],
  ] as const) {
    it(`are refused, and the flag is named: npm start -- ${args.join(' ')}`, () => {
      expect(() => readFlags(args)).toThrowMatching((error: Error) =>
        typeof message === 'string' ? error.message === message : message.test(error.message),
      );
    });
  }

  it('name a folder from where npm was called', () => {
    const called = process.env['INIT_CWD'];
    process.env['INIT_CWD'] = '/called/here';
    try {
      expect(readFlags(['--data', 'tables']).data).toBe('/called/here/tables');
    } finally {
      if (called === undefined) delete process.env['INIT_CWD'];
      else process.env['INIT_CWD'] = called;
    }
  });

  it('stand in the help, every one', () => {
    for (const flag of [
      'port',
      'web-port',
      'no-web',
      'production',
      'context',
      'host',
      'idle-timeout',
      'max-duration',
      'integration-timeout',
      'rate',
      'burst',
      'connection-rate',
      'fault',
      'data',
      'help',
    ])
      expect(USAGE).toContain(`--${flag}`);
  });
});
