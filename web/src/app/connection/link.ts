import {
  connect,
  exhaustMap,
  filter,
  from,
  interval,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  type SchedulerLike,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  timer,
} from 'rxjs';
import type { RefusalCode, Refused, Resume } from '#protocol';
import { newId } from './ids.ts';
import type { Lack, Pass } from './pass.ts';
import {
  type Arrival,
  openSocket,
  type Send,
  type SocketEvent,
  type WebSocketConstructor,
  type Wire,
} from './socket.ts';

/** How long the handshake may take: API Gateway itself waits up to 29 s for `$connect`. */
export const HANDSHAKE_MS = 30_000;
/** How long a `welcome` may take, cold start of the function included. */
export const WELCOME_MS = 10_000;
/** How long after a `ping` nothing may be heard before the connection counts as dead. */
export const PONG_MS = 10_000;

/** Why a connection ended. */
export type Ending =
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  | { readonly kind: 'handshake-failed'; readonly reason: string }
  | { readonly kind: 'handshake-slow' }
  /** There was none: it would have been refused. */
  | { readonly kind: 'barred'; readonly lack: Lack }
  | { readonly kind: 'no-welcome' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly reason: string }
  | { readonly kind: 'trouble'; readonly message: string };

export type LinkEvent =
  | { readonly type: 'opened'; readonly wire: Wire }
  | { readonly type: 'frame'; readonly frame: Arrival }
  | { readonly type: 'pinged'; readonly id: string }
  | { readonly type: 'ended'; readonly why: Ending };

export interface LinkOptions {
  readonly url: string;
  readonly room: string;
  readonly WebSocket: WebSocketConstructor;
  readonly scheduler: SchedulerLike;
  /** What to bring to the handshake; nothing unless given. */
  readonly pass?: (() => Promise<Pass>) | undefined;
  /** The session to go on with. */
  readonly resume?: Resume | undefined;
  /** How often to say that we are there, in milliseconds [P13]. */
  readonly pingMs: number;
  /** Whom a ping need not ask about [P13]. */
  readonly known: () => readonly string[];
  /** Emits when the connection may be dead without having said so; it is then asked. */
  readonly doubts: Observable<unknown>;
}

const ended = (why: Ending): LinkEvent => ({ type: 'ended', why });

/**
 * One connection: open, `hello`, `welcome`, live [P7]. It ends with `ended` and completes, never with an error,
 * and nothing is heard from its socket afterwards.
 */
export function link(options: LinkOptions): Observable<LinkEvent> {
  if (!options.pass) return linkWith(options, []);
  const links = options.pass().then(
    (pass) =>
      'lack' in pass ? of(ended({ kind: 'barred', lack: pass.lack })) : linkWith(options, pass.offers),
    (error: unknown) => of(ended({ kind: 'handshake-failed', reason: String(error) })),
  );
  return from(links).pipe(switchMap((one) => one));
}

function linkWith(options: LinkOptions, offers: readonly string[]): Observable<LinkEvent> {
  const { url, WebSocket, scheduler, pingMs, known, doubts } = options;
  return openSocket(url, WebSocket, offers).pipe(
    connect((socket) => {
      const opened = socket.pipe(filter((event) => event.type === 'opened'));
      const frames = socket.pipe(
        filter((event) => event.type === 'frame'),
        map(({ frame }) => frame),
      );
      const welcome = frames.pipe(
        filter(({ type }) => type === 'welcome'),
        take(1),
      );
      return merge(
        narrate(socket, options),
        timer(HANDSHAKE_MS, scheduler).pipe(
          takeUntil(opened),
          map(() => ended({ kind: 'handshake-slow' })),
        ),
        opened.pipe(
          switchMap(() => timer(WELCOME_MS, scheduler).pipe(takeUntil(welcome))),
          map(() => ended({ kind: 'no-welcome' })),
        ),
        opened.pipe(
          switchMap(({ wire }) => welcome.pipe(map(() => wire.send))),
          switchMap((send) =>
            merge(interval(pingMs, scheduler), doubts).pipe(
              exhaustMap(() => ping({ send, known }, frames, scheduler)),
            ),
          ),
        ),
      );
    }),
    takeWhile(({ type }) => type !== 'ended', true),
  );
}

/** What the socket's own events mean; says `hello`, and sees the frames that end a connection. */
function narrate(
  socket: Observable<SocketEvent>,
  { room, resume }: Pick<LinkOptions, 'room' | 'resume'>,
): Observable<LinkEvent> {
  let opened = false;
  let welcomed = false;
  const tell = (event: SocketEvent): LinkEvent[] => {
    if (event.type === 'opened') {
      opened = true;
      event.wire.send({ type: 'hello', room, ...(resume && { resume }) });
      return [event];
    }
    if (event.type === 'closed') {
      const { code, reason } = event;
      return [ended(opened ? { kind: 'closed', code, reason } : { kind: 'handshake-failed', reason })];
    }
    const { frame } = event;
    if (frame.type === 'welcome') welcomed = true;
    const why = endingBy(frame, welcomed);
    return why ? [event, ended(why)] : [event];
  };
  return socket.pipe(mergeMap((event) => from(tell(event))));
}

/** The ending that a frame brings. Before the welcome only the hello was sent, so any trouble is its refusal. */
function endingBy(frame: Arrival, welcomed: boolean): Ending | undefined {
  if (frame.type === 'refused' && (!welcomed || isUnlisted(frame))) {
    return { kind: 'refused', code: frame.code, reason: frame.reason };
  }
  if (frame.type === 'gateway-trouble' && !welcomed) return { kind: 'trouble', message: frame.message };
  return undefined;
}

/** Whether our own place is lost, and not the receiver's room closed to us [P28]. */
export const isUnlisted = ({ code, about }: Refused): boolean =>
  code === 'not-member' && about !== 'receiver';

/** Asks whether anyone is there. Any frame is an answer: what matters is that something still arrives. */
function ping(
  { send, known }: { readonly send: Send } & Pick<LinkOptions, 'known'>,
  frames: Observable<Arrival>,
  scheduler: SchedulerLike,
): Observable<LinkEvent> {
  const id = newId();
  if (!send({ type: 'ping', id, known: known() })) return of(ended({ kind: 'silent' }));
  return timer(PONG_MS, scheduler).pipe(
    takeUntil(frames),
    map(() => ended({ kind: 'silent' })),
    startWith<LinkEvent>({ type: 'pinged', id }),
  );
}
