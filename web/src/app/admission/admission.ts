import { computed, inject, Service, signal } from '@angular/core';
import { isMembersOnly, TOKEN_PREFIX } from '#protocol';
import { INVITATION_PREFIX, parseInvitation } from '#protocol/invitation';
import { Configuration } from '../connection/configuration.ts';
import type { Credential, Lack, Pass } from '../connection/pass.ts';
import { PLACE, SCHEDULER, STORAGE } from '../connection/tokens.ts';
import { Credentials, keyOf } from './credentials.ts';
import { readToken } from './json-web-token.ts';
import { invite, makeRoomKey, type RoomKey } from './room-key.ts';
import { ROOM_KEYS, SUBTLE } from './tokens.ts';

/** How long an invitation lasts that whoever holds the key makes for one handshake of its own: clocks differ. */
const OWN_MS = 60 * 60_000;

type Checked = { readonly text: string } | { readonly lack: Lack };

/** A key, and what signs with it. */
interface Signer {
  readonly key: RoomKey;
  readonly subtle: SubtleCrypto;
}

/** What lets this page into its room, and others after it. */
@Service()
export class Admission {
  readonly #credentials = inject(Credentials);
  readonly #configuration = inject(Configuration);
  readonly #storage = inject(STORAGE);
  readonly #scheduler = inject(SCHEDULER);
  readonly #subtle = inject(SUBTLE);
  readonly #keys = inject(ROOM_KEYS);
  readonly #place = inject(PLACE);
  readonly #room = this.#place.type === 'place' ? this.#place.room : '';
  readonly #isOurs = signal(false);

  /** Something that lets us in has changed. */
  readonly renewed = this.#credentials.renewed;
  /** Whether keys can be made here. */
  readonly canMake = this.#subtle !== undefined;
  /** Whether the room was made in this browser, so that one can invite into it from here. */
  readonly isOurs = this.#isOurs.asReadonly();
  /** When the invitation ends that this tab has, in milliseconds since the epoch; undefined without one that can be read. */
  readonly invitedUntil = computed(() => {
    const expiry = parseInvitation(this.#credentials.invitation() ?? '')?.expiry;
    return expiry === undefined ? undefined : expiry * 1000;
  });
  /** Who has signed in, and until when; undefined without a token that can be read. */
  readonly token = computed(() => readToken(this.#credentials.token() ?? ''));

  /** What to bring to a handshake now [P27] [P28]. */
  async pass(): Promise<Pass> {
    const configured = this.#configuration.configured();
    const offers: string[] = [];
    if (configured.kind === 'ready' && configured.config.auth) {
      const token = this.#checked('token', this.#credentials.token(), this.token()?.endsAt);
      if ('lack' in token) return token;
      offers.push(TOKEN_PREFIX + token.text);
    }
    if (isMembersOnly(this.#room)) {
      const invitation = await this.#invitation();
      if ('lack' in invitation) return invitation;
      offers.push(INVITATION_PREFIX + invitation.text);
    }
    return { offers };
  }

  /** Makes another invitation into the room of this page, which was made here; the one before stays good until it ends. */
  async renew(lifeMs: number): Promise<void> {
    const signer = await this.#signer();
    if (signer) this.#credentials.keep('invitation', await this.#inviteBy(signer, lifeMs));
  }

  /** Makes a room and the first invitation into it, both kept here, and gives its name. Rejects where nothing can be kept. */
  async make(lifeMs: number): Promise<string> {
    const subtle = this.#subtle;
    if (!subtle) throw new Error('keys cannot be made here');
    const key = await makeRoomKey(subtle);
    await this.#keys.keep(key);
    this.#storage?.setItem(keyOf('invitation', key.room), await this.#inviteBy({ key, subtle }, lifeMs));
    return key.room;
  }

  async #signer(): Promise<Signer | undefined> {
    const subtle = this.#subtle;
    if (!subtle) return undefined;
    // What cannot be looked up was not kept either.
    const key = await this.#keys.find(this.#room).catch(() => undefined);
    this.#isOurs.set(key !== undefined);
    return key && { key, subtle };
  }

  /** The one that the tab has, or else one of our own. */
  async #invitation(): Promise<Checked> {
    const kept = this.#checked('invitation', this.#credentials.invitation(), this.invitedUntil());
    const signer = await this.#signer();
    return 'lack' in kept && signer ? { text: await this.#inviteBy(signer, OWN_MS) } : kept;
  }

  #checked(credential: Credential, text: string | undefined, endsAt: number | undefined): Checked {
    if (text === undefined) return { lack: { what: 'missing', credential } };
    if (endsAt === undefined) return { lack: { what: 'damaged', credential } };
    if (endsAt <= this.#scheduler.now()) return { lack: { what: 'ended', credential, at: endsAt } };
    return { text };
  }

  #inviteBy({ key, subtle }: Signer, lifeMs: number): Promise<string> {
    return invite(subtle, key, this.#scheduler.now() + lifeMs);
  }
}
