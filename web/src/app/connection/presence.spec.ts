import { ME, peer } from '../../testing/frames.ts';
import {
  heardFrom,
  joined,
  knownTo,
  left,
  MOST_REMEMBERED,
  NOBODY,
  peersIn,
  pinged,
  ponged,
  type Presence,
  reopened,
  strangersIn,
  welcomed,
} from './presence.ts';

const [B, C, D] = [peer('B='), peer('C='), peer('D=')];
/** B on its next connection: the same session. */
const B2 = { ...B, connectionId: 'B2=', connectedAt: B.connectedAt + 1 };
const B3 = { ...B2, connectionId: 'B3=' };

type Step = (presence: Presence) => Presence;
const opens: Step = reopened;
const welcomes =
  (peers: readonly (typeof B)[] = [], page = 1, pages = 1): Step =>
  (presence) =>
    welcomed(presence, { connectionId: ME, peers, page, pages });
const joins =
  (who: typeof B): Step =>
  (presence) =>
    joined(presence, who);
const leaves =
  ({ connectionId }: typeof B): Step =>
  (presence) =>
    left(presence, connectionId);
const writes =
  (who: typeof B): Step =>
  (presence) =>
    heardFrom(presence, who);
const pings =
  (id = 'p'): Step =>
  (presence) =>
    pinged(presence, id);
const pongs =
  (who: readonly (typeof B)[], id = 'p', peers: readonly (typeof B)[] = []): Step =>
  (presence) =>
    ponged(
      presence,
      id,
      who.map(({ connectionId }) => connectionId),
      peers,
    );

const after = (...steps: readonly Step[]): Presence =>
  steps.reduce<Presence>((presence, step) => step(presence), NOBODY);
const listed = (presence: Presence) =>
  peersIn(presence)
    .map(({ connectionId }) => connectionId)
    .sort();

describe('presence', () => {
  const rules: readonly [string, readonly Step[], readonly (typeof B)[]][] = [
    ['[P20] lists those whom the welcome names', [opens, welcomes([B, C])], [B, C]],
    ['[P20] lists whoever joins', [opens, welcomes([B]), joins(C)], [B, C]],
    ['[P22] keeps a peer that joined before a late welcome without it', [opens, joins(B), welcomes([])], [B]],
    ['[P22] keeps a peer that the welcome and joined both name, once', [opens, joins(B), welcomes([B])], [B]],
    ['[P8] adds the pages of a welcome up', [opens, welcomes([B], 1, 2), welcomes([C], 2, 2)], [B, C]],
    ['[P8] takes pages in any order', [opens, welcomes([C], 2, 2), welcomes([B], 1, 2)], [B, C]],
    ['drops whoever leaves', [opens, welcomes([B, C]), leaves(B)], [C]],
    [
      '[P22] does not list again who left before its late joined',
      [opens, welcomes(), leaves(B), joins(B)],
      [],
    ],
    ['[P22] does not list again who left before the late welcome', [opens, leaves(B), welcomes([B, C])], [C]],
    [
      '[P22] does not list again who left before its late message',
      [opens, welcomes([B]), leaves(B), writes(B)],
      [],
    ],
    ['[P22] drops by pong what is not listed', [opens, welcomes([B, C]), pings(), pongs([C])], [C]],
    [
      '[P22] keeps by pong what joined after the ping',
      [opens, welcomes([B]), pings(), joins(C), pongs([B])],
      [B, C],
    ],
    [
      '[P22] drops by pong who was known before the ping, though its joined came late',
      [opens, welcomes([B]), pings(), joins(B), pongs([])],
      [],
    ],
    [
      '[P22] does not list again whom a pong dropped',
      [opens, welcomes([B]), pings(), pongs([]), joins(B)],
      [],
    ],
    ['ignores a pong that nobody asked for', [opens, welcomes([B]), pongs([], 'other')], [B]],
    [
      'judges each pong by its own ping',
      [opens, welcomes([B]), pings('1'), joins(C), pings('2'), pongs([B, C], '2'), pongs([B], '1')],
      [B, C],
    ],
    ['lists the unannounced sender of a message', [opens, welcomes(), writes(B)], [B]],
    ['drops by pong a sender that is not listed', [opens, welcomes(), writes(B), pings(), pongs([])], []],
    [
      '[P13] adds by pong whom it describes',
      [opens, welcomes(), pings(), pongs([B, C], 'p', [B, C])],
      [B, C],
    ],
    [
      '[P22] does not list again by pong who left meanwhile',
      [opens, welcomes(), pings(), leaves(B), pongs([B], 'p', [B])],
      [],
    ],
    ['[P16] drops the former connection of who joins anew', [opens, welcomes([B]), joins(B2)], [B2]],
    ['[P16] takes the greater connectionId of one moment', [opens, joins(B3), joins(B2)], [B3]],
    ['[P16] knows of a welcome the newest connection alone', [opens, welcomes([B2, B])], [B2]],
    ['[P16] does not list a former connection by its late joined', [opens, joins(B2), joins(B)], [B2]],
    [
      '[P16] does not list a former connection after the newer has left',
      [opens, joins(B2), leaves(B2), joins(B)],
      [],
    ],
    ['never lists ourselves', [opens, joins(peer(ME)), welcomes([B])], [B]],
    [
      'never lists our former connections',
      [
        opens,
        welcomes([B]),
        opens,
        (p) => welcomed(p, { connectionId: 'me2=', peers: [peer(ME), B], page: 1, pages: 1 }),
      ],
      [B],
    ],
    ['keeps the last list in sight while it connects anew', [opens, welcomes([B]), opens], [B]],
    ['ends the last list by the new welcome', [opens, welcomes([B, C]), opens, welcomes([C, D])], [C, D]],
    [
      'keeps the last list until the last page of the new welcome',
      [opens, welcomes([B, C]), opens, welcomes([D], 1, 2)],
      [B, C, D],
    ],
    ['keeps who joined before the new welcome', [opens, welcomes([B]), opens, joins(C), welcomes([])], [C]],
    [
      'drops by pong whom only a former connection knew',
      [opens, welcomes([B]), opens, welcomes([], 1, 2), pings(), pongs([])],
      [],
    ],
  ];
  for (const [promise, steps, who] of rules) {
    it(promise, () => {
      expect(listed(after(...steps))).toEqual(who.map(({ connectionId }) => connectionId));
    });
  }

  it('[P22] adds and never replaces: what is known of a peer stays', () => {
    const named = { ...B, name: 'Ann' };
    expect(peersIn(after(opens, welcomes([named]), joins(B)))[0]?.name).toBe('Ann');
  });

  it('learns the name of an unannounced sender when it is announced', () => {
    const named = { ...B, name: 'Ann' };
    expect(peersIn(after(opens, welcomes(), writes(B), joins(named)))[0]?.name).toBe('Ann');
  });

  it('[P13] knows who was announced, and not whom it has only heard', () => {
    expect(knownTo(after(opens, welcomes([B]), writes(C)))).toEqual(['B=']);
  });

  it('[P13] finds the strangers among those listed: neither known, nor gone, nor ourselves', () => {
    const presence = after(opens, welcomes([B, C]), leaves(C), writes(D));
    expect(strangersIn(presence, [ME, 'B=', 'C=', 'D=', 'E='])).toEqual(['D=', 'E=']);
  });

  it('[P22] remembers the latest of those who have left, and no more of them', () => {
    const ids = Array.from({ length: MOST_REMEMBERED + 1 }, (_, n) => `${n}=`);
    const presence = ids.reduce<Presence>((now, id) => left(joined(now, peer(id)), id), after(opens));
    expect([presence.left.size, presence.newest.size]).toEqual([MOST_REMEMBERED, MOST_REMEMBERED]);
    expect(listed(joined(presence, peer(`${MOST_REMEMBERED}=`)))).toEqual([]);
  });

  it('changes nothing that it was given', () => {
    const before = after(opens, welcomes([B]));
    leaves(B)(before);
    expect(listed(before)).toEqual(['B=']);
  });
});
