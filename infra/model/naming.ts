/** Random tokens: a UUID, or 256 bits in base64url. */
const TOKEN = /(?<![\w-])(?:[\w-]{36}|[\w-]{43})(?![\w-])/g;

/** Gives sessions and keys, which chance makes, names that tell who used them first: the same in every run. */
export class Naming {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** The text with names in it; a token that is new gets one of `user`'s. */
  of(user: string, text: string): string {
    return text.replace(TOKEN, (token) => {
      const known = this.#names.get(token);
      if (known !== undefined) return known;
      const count = (this.#counts.get(user) ?? 0) + 1;
      this.#counts.set(user, count);
      const name = `<${user} ${count}>`;
      this.#names.set(token, name);
      return name;
    });
  }

  /** The text with names in it, all of which are known. */
  known(text: string): string {
    return text.replace(TOKEN, (token) => this.#names.get(token) ?? token);
  }
}
