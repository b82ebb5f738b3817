import { Directory } from './directory.ts';
import type { Connection, Member } from './people.ts';

describe('Directory', () => {
  const ann: Connection = { connectionId: 'Ann=', room: 'lobby', dialect: 'v1', connectedAt: 0 };
  const member: Member = { ...ann, session: 'a', leaseEnd: 1_000 };

  function setup() {
    const registry = {
      find: jasmine.createSpy('find', () => Promise.resolve<Connection | undefined>(ann)),
      member: jasmine.createSpy('member', () => Promise.resolve<Member | undefined>(member)),
    };
    registry.find.and.callThrough();
    registry.member.and.callThrough();
    const clock = { now: 0 };
    return { registry, clock, directory: new Directory(registry, () => clock.now) };
  }

  it('asks the registry once for what never changes', async () => {
    const { registry, directory } = setup();
    expect(await directory.find('Ann=')).toEqual(ann);
    expect(await directory.find('Ann=')).toEqual(ann);
    expect(registry.find).toHaveBeenCalledTimes(1);
    expect(directory.remembered('Ann=')).toEqual(ann);
  });

  it('remembers no negative answer: the next handshake may make it wrong', async () => {
    const { registry, directory } = setup();
    registry.find.and.resolveTo(undefined);
    registry.member.and.resolveTo(undefined);
    expect(await directory.find('Ann=')).toBeUndefined();
    expect(await directory.member(ann)).toBeUndefined();
    registry.find.and.resolveTo(ann);
    registry.member.and.resolveTo(member);
    expect(await directory.find('Ann=')).toEqual(ann);
    expect(await directory.member(ann)).toEqual(member);
  });

  it('[P13] takes a member for listed until the lease that it read ends', async () => {
    const { registry, clock, directory } = setup();
    await directory.member(ann);
    clock.now = 999;
    expect(await directory.member(ann)).toEqual(member);
    expect(registry.member).toHaveBeenCalledTimes(1);
    clock.now = 1_000;
    registry.member.and.resolveTo(undefined);
    expect(await directory.member(ann)).toBeUndefined();
  });

  it('takes in what a write has told, and drops who has left', async () => {
    const { registry, directory } = setup();
    directory.remember(member);
    expect(await directory.member(ann)).toEqual(member);
    expect(await directory.find('Ann=')).toEqual(member);
    expect(registry.find).not.toHaveBeenCalled();
    directory.forget('Ann=');
    expect(directory.remembered('Ann=')).toBeUndefined();
  });

  it('remembers a bounded number, the latest', () => {
    const { directory } = setup();
    for (let n = 0; n < 2_001; n++) directory.remember({ ...member, connectionId: `N${n}=` });
    expect(directory.remembered('N0=')).toBeUndefined();
    expect(directory.remembered('N1=')).toBeDefined();
    expect(directory.remembered('N2000=')).toBeDefined();
  });
});
