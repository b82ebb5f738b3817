/** Mistakes that one could make, each of which the checker has to find. They take the place of real parts, in a model alone. */
import type { Member } from '../../functions/people.ts';
import type { Presence } from '../../web/src/app/connection/presence.ts';
import type { Arrival } from '../../web/src/app/connection/socket.ts';
import { reduce } from '../../web/src/app/connection/reducer.ts';
import type { State } from '../../web/src/app/connection/state.ts';
import type { Scenario } from './scenario.ts';
import type { Reduce } from './world.ts';

interface Mutant {
  readonly mistake: string;
  /** Where it shows, and the mistake. */
  readonly scenario: Scenario;
  /** What is then wrong. */
  readonly problem: RegExp;
}

/** A client that makes something else of its presence after each event. */
const withPresence =
  (change: (after: Presence) => Presence): Reduce =>
  (state, event) => {
    const after: State = reduce(state, event);
    return { ...after, presence: change(after.presence) };
  };

/** A client that reads something other than what came. */
const withFrames =
  (change: (state: State, frame: Arrival) => readonly [State, Arrival]): Reduce =>
  (state, event) => {
    if (event.type !== 'frame') return reduce(state, event);
    const [before, frame] = change(state, event.frame);
    return reduce(before, { ...event, frame });
  };

export const MUTANTS: readonly Mutant[] = [
  {
    mistake: 'hello reads the room before it lists its connection',
    scenario: {
      visitors: { A: { then: ['joins'] }, B: { then: ['joins'] } },
      options: {
        breakParts: ({ registry }) => {
          const enlist = registry.enlist.bind(registry);
          const listed = registry.listed.bind(registry);
          let before: Member[] | undefined;
          registry.enlist = async (connection, session) => {
            const others = await listed(connection.room);
            const member = await enlist(connection, session);
            if (member) before = [...others, member];
            return member;
          };
          registry.listed = async (room) => {
            const stale = before;
            before = undefined;
            return stale ?? listed(room);
          };
        },
      },
    },
    problem: /^before any pong . shows \[\]/,
  },
  {
    mistake: 'welcome replaces what came before it',
    scenario: {
      visitors: { A: { then: ['joins'] }, B: { then: ['joins'] } },
      options: {
        reduce: withFrames((state, frame) =>
          frame.type === 'welcome'
            ? [{ ...state, presence: { ...state.presence, entries: new Map() } }, frame]
            : [state, frame],
        ),
      },
    },
    problem: /^before any pong . shows \[\]/,
  },
  {
    mistake: 'an update asks no condition',
    scenario: {
      visitors: { A: { before: ['joins'], then: ['leaves', 'joins'] }, B: { before: ['joins'] } },
      options: {
        breakTable: (table) => {
          const execute = table.execute.bind(table);
          table.execute = (command, { ConditionExpression, ...input }) =>
            execute(command, command === 'UpdateItemCommand' ? input : { ...input, ConditionExpression });
        },
      },
    },
    problem: /^A has lost its session/,
  },
  {
    mistake: 'a 410 deletes the session',
    scenario: {
      visitors: { A: { before: ['joins'], then: ['leaves', 'joins'] }, B: { then: ['joins'] } },
      options: {
        breakParts: ({ registry }, table) => {
          const removeGone = registry.removeGone.bind(registry);
          registry.removeGone = async (place) => {
            const removal = await removeGone(place);
            const pk = `session#${removal?.session ?? ''}`;
            if (removal) table.execute('DeleteItemCommand', { Key: { pk: { S: pk }, sk: { S: 'session' } } });
            return removal;
          };
        },
      },
    },
    problem: /^A has lost its session/,
  },
  {
    mistake: 'left is not final',
    scenario: {
      visitors: { A: { before: ['joins'] }, B: { then: ['joins', 'leaves'] } },
      options: { reduce: withPresence((after) => ({ ...after, left: new Map(), newest: new Map() })) },
    },
    problem: /^before any pong A shows \[B1=\] and not \[\]/,
  },
  {
    mistake: 'whoever tries to remove a connection tells the room',
    scenario: {
      visitors: {
        A: { before: ['joins'] },
        B: { before: ['joins'], then: ['leaves'] },
        C: { then: ['joins'] },
      },
      options: {
        breakParts: ({ registry }) => {
          const remove = registry.remove.bind(registry);
          registry.remove = async (place) => (await remove(place)) ?? { ...place, session: 'some' };
        },
      },
    },
    problem: /^twice: /,
  },
  {
    mistake: 'the former connections of a session stay',
    scenario: {
      visitors: {
        B: { before: ['joins'] },
        A: { before: ['joins', 'vanishes', 'joins'], then: ['leaves'] },
      },
      options: { reduce: withPresence((after) => ({ ...after, newest: new Map() })) },
    },
    problem: /^before any pong B shows \[A1=\] and not \[\]/,
  },
  {
    mistake: 'an older connection takes the session from a newer one',
    scenario: {
      visitors: { A: { before: ['joins'], then: ['leaves', 'joins', 'leaves', 'joins'] } },
      options: {
        breakTable: (table) => {
          const execute = table.execute.bind(table);
          table.execute = (command, input) => {
            const text = input.ConditionExpression?.replace(/#connectedAt < :mineSince.*/, '#room = :room))');
            return execute(command, { ...input, ConditionExpression: text });
          };
        },
      },
    },
    problem: /lost its session|is not welcome/,
  },
  {
    mistake: 'pong describes nobody',
    scenario: {
      visitors: { A: { then: ['joins'] }, B: { then: ['joins'] } },
      options: {
        losses: 1,
        reduce: withFrames((state, frame) =>
          frame.type === 'pong'
            ? [state, { type: 'pong', id: frame.id, listed: frame.listed }]
            : [state, frame],
        ),
      },
    },
    problem: /^after the next pong . shows \[\]/,
  },
];
