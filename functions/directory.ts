import type { Registry } from './connections.ts';
import type { Connection, Member, Place } from './people.ts';

/** How many connections an instance remembers. */
const CAPACITY = 2_000;

interface Entry {
  readonly connection: Connection;
  readonly member?: Member;
}

/**
 * The registry's answers, remembered by this function instance, so that a forwarded message costs no read.
 *
 * Only positive answers are kept, and a stale one does no harm: a connection never changes and its id never comes back.
 * Once it has closed it sends nothing, and API Gateway answers a post to it with Gone, which is what the registry would
 * have said. A member is taken for listed until the lease that was read with it ends, and never longer [P13].
 */
export class Directory {
  readonly #registry: Pick<Registry, 'find' | 'member'>;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();

  constructor(registry: Pick<Registry, 'find' | 'member'>, now: () => number = Date.now) {
    this.#registry = registry;
    this.#now = now;
  }

  /** The connection of that id. */
  async find(connectionId: string): Promise<Connection | undefined> {
    const known = this.remembered(connectionId);
    if (known) return known;
    const connection = await this.#registry.find(connectionId);
    if (connection) this.#keep({ connection });
    return connection;
  }

  /** The connection as a listed member of its room. */
  async member(place: Place): Promise<Member | undefined> {
    const known = this.#entries.get(place.connectionId);
    if (known?.member && this.#now() < known.member.leaseEnd) return known.member;
    const member = await this.#registry.member(place);
    if (member) this.remember(member);
    return member;
  }

  /** What is known of a connection without asking. */
  remembered(connectionId: string): Connection | undefined {
    return this.#entries.get(connectionId)?.connection;
  }

  /** Takes in what a write has just told. */
  remember(member: Member): void {
    this.#keep({ connection: member, member });
  }

  /** Drops what is remembered of a connection that has left. */
  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }

  #keep(entry: Entry): void {
    const { connectionId } = entry.connection;
    this.#entries.delete(connectionId);
    this.#entries.set(connectionId, entry);
    // A Map keeps the order of insertion, so that its first key is the oldest.
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > CAPACITY && oldest !== undefined) this.#entries.delete(oldest);
  }
}
