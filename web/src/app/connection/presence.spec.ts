import { ME, peer } from '../../testing/frames.ts';
import {
  heardFrom,
  joined,
  left,
  NOBODY,
  peersIn,
  pinged,
  ponged,
  type Presence,
  reopened,
  welcomed,
} from './presence.ts';

const [B, C, D] = [peer('B='), peer('C='), peer('D=')];

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
  (who: readonly (typeof B)[], id = 'p'): Step =>
  (presence) =>
    ponged(
      presence,
      id,
      who.map(({ connectionId }) => connectionId),
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

  it('changes nothing that it was given', () => {
    const before = after(opens, welcomes([B]));
    leaves(B)(before);
    expect(listed(before)).toEqual(['B=']);
  });
});
