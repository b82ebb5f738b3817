import { admit } from './admission.ts';
import type { Member } from './people.ts';

describe('admit', () => {
  const member = (connectionId: string, connectedAt: number): Member => ({
    connectionId,
    connectedAt,
    room: 'lobby',
    dialect: 'v1',
    session: connectionId,
    leaseEnd: Infinity,
  });
  const [first, second, third] = [member('A=', 1), member('B=', 2), member('C=', 2)];
  /** A room that somebody looks at and finds in these states one after the other. */
  const looks = (...rooms: readonly (readonly Member[])[]) => {
    const left = [...rooms];
    return { left, look: () => Promise.resolve(left.length > 1 ? (left.shift() ?? []) : (left[0] ?? [])) };
  };

  it('[P24] lets in whoever fits, at the first look', async () => {
    const { left, look } = looks([first, second], []);
    expect(await admit(second, 2, look)).toEqual([first, second]);
    expect(left.length).toBe(1);
  });

  it('[P24] sends the later of two away at once, by connectionId if they came in one moment', async () => {
    const { left, look } = looks([first, second, third], []);
    expect(await admit(third, 2, look)).toBe('full');
    expect(left.length).toBe(1);
  });

  it('[P24] lets the earlier of two wait until the later has gone', async () => {
    const { look } = looks([first, second, third], [first, second, third], [first, second]);
    expect(await admit(second, 2, look)).toEqual([first, second]);
  });

  it('[P24] sends the earlier away when the later stays, for it was there before', async () => {
    expect(await admit(first, 2, looks([first, second, third]).look)).toBe('full');
  });
});
