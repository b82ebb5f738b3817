import type { Credential, Lack } from '../connection/pass.ts';
import type { Words } from './calm.ts';

/** Says what is missing to be let in. */
export function lackInWords(lack: Lack, locale?: string): Words {
  const words = lack.credential === 'token' ? tokenInWords(lack, locale) : invitationInWords(lack, locale);
  return { tone: 'bad', ...words, action: 'try-again' };
}

function invitationInWords(lack: Lack, locale?: string): Pick<Words, 'title' | 'detail'> {
  switch (lack.what) {
    case 'missing':
      return {
        title: $localize`This room is for members`,
        detail: $localize`It is entered by invitation alone: open the link that somebody in it gives you.`,
      };
    case 'damaged':
      return {
        title: $localize`The invitation cannot be read`,
        detail: $localize`The link may have been cut when it was copied: ask for it again.`,
      };
    case 'ended':
      return {
        title: $localize`The invitation has ended`,
        detail: $localize`It was valid until ${dateOf(lack.at, locale)}:date:. Ask for another one.`,
      };
  }
}

function tokenInWords(lack: Lack, locale?: string): Pick<Words, 'title' | 'detail'> {
  switch (lack.what) {
    case 'missing':
      return {
        title: $localize`Sign in first`,
        detail: $localize`Whoever connects to this API says who they are, with a token of its issuer.`,
      };
    case 'damaged':
      return {
        title: $localize`The token cannot be read`,
        detail: $localize`It is no JSON Web Token: sign in with another one.`,
      };
    case 'ended':
      return {
        title: $localize`The token has ended`,
        detail: $localize`It was valid until ${dateOf(lack.at, locale)}:date:. Sign in with another one.`,
      };
  }
}

/** What to look at when a handshake has failed that brought these: a browser is not told that they were refused. */
export const credentialChecks = (asks: readonly Credential[] = []): string[] =>
  asks.map((one) =>
    one === 'token'
      ? $localize`Signed in: is the token one of this API’s issuer, and for this API? Sign in with another one.`
      : $localize`For members: was the invitation made for this very room? Ask for another one.`,
  );

const dateOf = (at: number, locale = 'en'): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
