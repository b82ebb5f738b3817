import type { Joined, Left } from '#protocol';
import type { Registry, Removal } from './connections.ts';
import type { Delivery, Outcome, Post, Tried } from './delivery.ts';
import type { Directory } from './directory.ts';
import { describeError, type Log } from './log.ts';
import type { Count } from './metrics.ts';
import { type Member, type Place, toPeer } from './people.ts';
import type { Sessions } from './sessions.ts';

interface Parts {
  readonly registry: Pick<Registry, 'listed' | 'remove' | 'removeGone' | 'forget'>;
  readonly sessions: Pick<Sessions, 'lapse'>;
  readonly directory: Pick<Directory, 'forget'>;
  readonly delivery: Pick<Delivery, 'post' | 'postAll'>;
  readonly log: Pick<Log, 'warning'>;
  readonly count: Count;
}

/** Tells a room who comes and who goes, and takes out whom a post finds gone [P20] [P21]. */
export class Presence {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Posts to one connection; without a room there is nothing to take it out of. */
  async send(connectionId: string, room: string | undefined, text: string): Promise<Outcome> {
    const outcome = await this.#parts.delivery.post(connectionId, text);
    if (outcome === 'gone' && room !== undefined) {
      await this.departed(room, await this.#removeGone([{ connectionId, room }]));
    }
    return outcome;
  }

  /** Tells the v1 others of the room that `newcomer` is listed. */
  async joined(newcomer: Member, members: readonly Member[]): Promise<void> {
    this.#parts.count('Joined');
    const frame: Joined = { type: 'joined', peer: toPeer(newcomer) };
    const others = members.filter(({ connectionId }) => connectionId !== newcomer.connectionId);
    const gone = await this.#tell(others, [frame]);
    await this.departed(newcomer.room, await this.#removeGone(gone));
  }

  /** Takes out a connection that has closed. */
  async left(place: Place): Promise<void> {
    const removal = await this.#parts.registry.remove(place);
    await this.#parts.registry.forget(place.connectionId);
    if (removal) await this.departed(place.room, [await this.#settle(removal)]);
  }

  /** Tells the room who has been taken out. Who is found gone meanwhile is taken out too, and the others are told of that. */
  async departed(room: string, removals: readonly Removal[]): Promise<void> {
    let departed = removals.filter(({ session }) => session !== undefined);
    while (departed.length > 0) {
      this.#parts.count('Left', { times: departed.length });
      const frames = departed.map(({ connectionId }): Left => ({ type: 'left', connectionId }));
      const gone = await this.#tell(await this.#parts.registry.listed(room), frames);
      departed = (await this.#removeGone(gone)).filter(({ session }) => session !== undefined);
    }
  }

  /** Posts every frame to every v1 member, and gives those that are gone. */
  async #tell(members: readonly Member[], frames: readonly (Joined | Left)[]): Promise<Member[]> {
    const v1 = members.filter(({ dialect }) => dialect === 'v1');
    const texts = frames.map((frame) => JSON.stringify(frame));
    const posts = v1.flatMap(({ connectionId }) => texts.map((text): Post => ({ connectionId, text })));
    const tried = await this.#parts.delivery.postAll(posts);
    this.#warnOf(tried);
    const gone = new Set(
      tried.filter((post) => 'outcome' in post && post.outcome === 'gone').map((post) => post.connectionId),
    );
    return v1.filter(({ connectionId }) => gone.has(connectionId));
  }

  /** Gives those of `places` that this call, and no other, has taken out. */
  async #removeGone(places: readonly Place[]): Promise<Removal[]> {
    const removals = await Promise.all(
      places.map(async (place) => {
        const removal = await this.#parts.registry.removeGone(place);
        if (removal === undefined) return [];
        await this.#parts.registry.forget(place.connectionId);
        return [await this.#settle(removal)];
      }),
    );
    const removed = removals.flat();
    if (removed.length > 0) this.#parts.count('GhostsRemoved', { times: removed.length });
    return removed;
  }

  async #settle(removal: Removal): Promise<Removal> {
    this.#parts.directory.forget(removal.connectionId);
    if (removal.session !== undefined) {
      await this.#parts.sessions.lapse(removal.session, removal.connectionId);
    }
    return removal;
  }

  /** A frame of presence that is lost is mended by the next `pong` [P22], so that it fails nobody. */
  #warnOf(tried: readonly Tried[]): void {
    const failed = tried.flatMap((post) => {
      if ('error' in post) return { connectionId: post.connectionId, error: describeError(post.error) };
      const { connectionId, outcome } = post;
      return outcome === 'sent' || outcome === 'gone' ? [] : { connectionId, outcome };
    });
    if (failed.length === 0) return;
    this.#parts.log.warning('presence was not told to all', { missed: failed.length, first: failed[0] });
  }
}
