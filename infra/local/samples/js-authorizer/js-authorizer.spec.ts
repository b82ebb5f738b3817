import { createHmac } from 'node:crypto';
import { runAssembly, stopAll } from '../../testing/running.ts';
import { synthesized } from '../synthesized.ts';

const tokenOf = (name: string): string =>
  `${name}.${createHmac('sha256', 'for a sample only').update(name).digest('base64url')}`;
interface Person {
  readonly connectionId: string;
}

describe('The sample js-authorizer', () => {
  let sample: Awaited<ReturnType<typeof synthesized>>;
  beforeAll(async () => (sample = await synthesized('js-authorizer')));
  afterEach(stopAll);
  afterAll(() => sample.remove());

  it('refuses who has no token, a wrong one, or is denied', async () => {
    const { connect, logged } = await runAssembly({ assembly: sample.assembly });
    const refusals = [
      ['', 401],
      ['?token=', 401],
      ['?token=ada.wrong', 401],
      [`?token=${tokenOf('mallory')}`, 403],
    ] as const;
    for (const [query, status] of refusals) {
      await expectAsync(connect(query)).toBeRejectedWithError(`Unexpected server response: ${status}`);
    }
    expect(await logged('Error: ')).toContain('Unauthorized');
  });

  it('knows in every later event whom it has let in', async () => {
    const { connect, runner, logged } = await runAssembly({ assembly: sample.assembly });
    expect([runner.ignored, runner.notEmulated]).toEqual([[], []]);
    const ada = await connect(`?token=${tokenOf('ada')}`);
    expect(await logged('$connect of ')).toBe('ada');
    const bob = await connect(`?token=${tokenOf('bob')}`);
    const who = async ({ send, next }: typeof ada): Promise<Person> => {
      send({ action: 'whoami' });
      return JSON.parse(await next()) as Person;
    };
    expect(await who(ada)).toEqual(
      jasmine.objectContaining({ principalId: 'ada', name: 'ada', admin: 'true', visits: '1' }),
    );
    const { connectionId, ...rest } = await who(bob);
    expect(rest).toEqual(jasmine.objectContaining({ principalId: 'bob', admin: 'false' }));

    bob.send({ action: 'kick', id: connectionId });
    expect(await bob.next()).toBe('{"error":"Only admins kick."}');
    ada.send({ action: 'kick', id: connectionId });
    expect(await bob.closed).toEqual({ code: 1000, reason: jasmine.any(String) });
    expect(await logged('$disconnect of ')).toBe('bob');
  });
});
