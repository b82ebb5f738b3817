import type { WireEntry } from '../wire/wire-entry.ts';
import type { Called, Sent } from './hop-events.ts';
import type { Journey } from './journeys.ts';

/** Where a frame is during a hop. */
export type Place = 'network' | 'gateway' | 'function' | 'table' | 'post' | 'elsewhere';

/** One hop of a frame. Times are milliseconds from the beginning of its way. */
export interface Hop {
  readonly key: string;
  readonly place: Place;
  readonly title: string;
  readonly detail: string;
  readonly from: number;
  /** Missing while it is under way, or when its end cannot be known. */
  readonly to?: number;
  /** Whether it was measured with two clocks, which may be a millisecond apart. */
  readonly rough: boolean;
  readonly state: 'good' | 'bad' | 'under way';
}

/** A frame that the runner sent, and its row when it came to this window. */
export interface Arrival {
  readonly sent: Sent;
  readonly row?: Pick<WireEntry, 'at'>;
}

/** Clocks that are further apart are of two machines, and tell nothing about each other. */
const SAME_MACHINE_MS = 5;

/** What people call a connection. */
type NameOf = (connectionId: string) => string;

type Draft = Omit<Hop, 'key' | 'rough' | 'state'> & Partial<Pick<Hop, 'rough' | 'state'>>;

/** The way of a frame: from the page through gateway, function and table to whoever was posted to. */
export function hopsOf(
  journey: Journey,
  departure: Pick<WireEntry, 'at'> | undefined,
  arrivals: readonly Arrival[],
  nameOf: NameOf,
): readonly Hop[] {
  const { received } = journey;
  const isOneMachine = departure !== undefined && departure.at < received.at + SAME_MACHINE_MS;
  const origin = isOneMachine ? Math.min(departure.at, received.at) : received.at;
  const drafts = [
    ...(isOneMachine ? [leaving(departure.at, journey)] : []),
    atGateway(journey),
    ...inFunction(journey),
    ...journey.calls.map((call) => calling(call, nameOf)),
    ...arrivals.map((arrival) => arriving(arrival, nameOf)),
  ];
  const begun = drafts.map((draft, place) => ({ draft, place }));
  begun.sort((a, b) => a.draft.from - b.draft.from || a.place - b.place);
  return begun.map(({ draft: { from, to, ...rest }, place }) => ({
    ...{ key: String(place), rough: false, state: 'good' as const, ...rest, from: from - origin },
    ...(to !== undefined && { to: Math.max(to, from) - origin }),
  }));
}

function leaving(at: number, { received }: Journey): Draft {
  return {
    ...{ place: 'network', rough: true, from: at, to: received.at },
    title: $localize`Page to gateway`,
    detail: bytes(received.bytes),
  };
}

function atGateway({ received, started, ended }: Journey): Draft {
  const { refused, route, at } = received;
  const to = started?.at ?? (ended && at + ended.ms) ?? (refused === undefined ? undefined : at);
  const about = {
    ...{ place: 'gateway' as const, title: $localize`Gateway`, from: at },
    ...(to !== undefined && { to }),
  };
  if (refused !== undefined) return { ...about, detail: refusal(refused), state: 'bad' };
  const chosen = $localize`route ${route}:route:`;
  // Not a function: a table, or nothing at all.
  if (!started && ended)
    return { ...about, detail: `${chosen}, ${ended.function}`, ...outcome(ended.outcome) };
  return { ...about, detail: chosen, ...(to === undefined && { state: 'under way' as const }) };
}

function inFunction({ received, started, ended }: Journey): readonly Draft[] {
  if (!started) return [];
  const warmth = started.cold ? $localize`cold start` : $localize`warm`;
  return [
    {
      ...{ place: 'function', title: $localize`Function`, from: started.at },
      ...(ended ? { to: received.at + ended.ms, ...outcome(ended.outcome) } : { state: 'under way' }),
      detail: [
        started.function,
        warmth,
        ...(ended && ended.outcome !== 'answered' ? [ended.outcome] : []),
      ].join(', '),
    },
  ];
}

function calling({ service, operation, connectionId, status, at, ms }: Called, nameOf: NameOf): Draft {
  const state = status === undefined || status >= 400 ? 'bad' : 'good';
  const answer = status === undefined ? $localize`no answer` : $localize`status ${status}:status:`;
  const times = { from: at, ...(status !== undefined && { to: at + ms }), state } as const;
  if (service === 'dynamodb')
    return { ...times, place: 'table', title: $localize`Table`, detail: said(operation, state, answer) };
  if (service === '@connections')
    return {
      ...times,
      place: 'post',
      title: $localize`Post`,
      detail: said(connectionId === undefined ? operation : nameOf(connectionId), state, answer),
    };
  return { ...times, place: 'elsewhere', title: $localize`Call`, detail: said(operation, 'bad', answer) };
}

/** The answer is worth a word when it is not what one expects. */
const said = (operation: string, state: Hop['state'], answer: string): string =>
  state === 'good' ? operation : `${operation}, ${answer}`;

function arriving({ sent, row }: Arrival, nameOf: NameOf): Draft {
  return {
    ...{ place: 'network', rough: true, from: sent.at },
    ...(row && { to: row.at }),
    title: $localize`Gateway to page`,
    detail: [
      nameOf(sent.connectionId),
      bytes(sent.bytes),
      ...(row ? [] : [$localize`in another window`]),
    ].join(', '),
  };
}

const bytes = (count: number): string => $localize`${count}:count: bytes`;

const outcome = (name: string): Pick<Draft, 'state'> => ({ state: name === 'answered' ? 'good' : 'bad' });

function refusal(refused: string): string {
  switch (refused) {
    case 'forbidden':
      return $localize`refused: there is no such route`;
    case 'throttled':
      return $localize`refused: too many requests`;
    case 'dropped':
      return $localize`a fault dropped the connection`;
    default:
      return refused;
  }
}
