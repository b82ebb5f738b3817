import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { readFlags } from './cli/flags.ts';
import { writeAssembly } from './testing/assembly.ts';

const app = {
  functions: {
    f: { code: `export const handler = async () => ({ body: 'hour ' + new Date(0).getHours() });` },
  },
  routes: { $default: 'f' },
  twoWay: ['$default'],
};

describe('cli.ts', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
  });

  function command(...flags: readonly string[]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...flags], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Far from UTC, which functions see [L6].
      env: { ...process.env, TZ: 'Asia/Tokyo' },
    });
    undo.push(() => child.kill('SIGKILL'));
    const said = { output: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.errors += chunk));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    const ready = async (): Promise<void> => {
      while (!said.output.includes('Ctrl-C ends it.')) {
        const over = await Promise.race([
          once(child.stdout, 'data').then(() => false),
          ended.then(() => true),
        ]);
        if (over) throw new Error(`it has ended: ${said.output}${said.errors}`);
      }
    };
    return { child, said, ended, ready };
  }

  it('[L6] runs an assembly in UTC, prints where, and ends by Ctrl-C with code 0', async () => {
    const { directory, remove } = await writeAssembly(app);
    undo.push(remove);
    const { child, said, ended, ready } = command('--assembly', directory, '--port', '0');
    await ready();
    const [, url = ''] = /^ {2}WebSocket {5}(ws:\S+)$/m.exec(said.output) ?? [];
    expect(url).toMatch(/^ws:\/\/localhost:\d+\/test$/);
    expect(said.output).toContain(`  @connections  ${url.replace('ws:', 'http:')}\n`);
    expect(said.output).toContain(`  terminal      npx wscat -c ${url}\n`);
    const socket = new WebSocket(url);
    undo.push(() => socket.terminate());
    await once(socket, 'open');
    socket.send('x');
    expect(String((await once(socket, 'message'))[0])).toBe('hour 0');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said.errors).toBe('');
  });

  it('says in one sentence what is wrong, with code 1', async () => {
    const { directory, remove } = await writeAssembly(app);
    undo.push(remove);
    const { said, ended } = command('--assembly', directory, '--port', '0', '--parameter', 'Env=x');
    expect(await ended).toBe(1);
    expect(said.errors).toBe('no stack has a parameter Env\n');
    expect(said.output).toBe('');
  });

  it('says what it wants when it is told nothing and there is no cdk.out', async () => {
    const { said, ended } = command();
    expect(await ended).toBe(1);
    expect(said.errors).toMatch(/^There is no cdk\.out here: --assembly .*--template .*--help.*\n$/);
  });

  it('takes a template in the place of an assembly, and not both', () => {
    expect(readFlags(['--template', 'template.yaml']).assembly).toBe('template.yaml');
    expect(() => readFlags(['--template', 'a', '--assembly', 'b'])).toThrowError(
      '--assembly and --template cannot be given both',
    );
  });

  it('reads variables, which may have = in them', () => {
    expect(readFlags(['--env', 'A=b=c', '--env', 'D=']).variables).toEqual({ A: 'b=c', D: '' });
    expect(() => readFlags(['--env', '=b'])).toThrowError('--env must be NAME=value, not =b');
  });

  it('reads parameters, which may have = in them', () => {
    const { parameters, assembly } = readFlags(['--parameter', 'A=b=c', '--parameter', 'Shop:D=']);
    expect(parameters).toEqual({ A: 'b=c', 'Shop:D': '' });
    expect(assembly).toBe('cdk.out');
    expect(() => readFlags(['--parameter', 'A'])).toThrowError('--parameter must be Name=Value, not A');
  });
});
