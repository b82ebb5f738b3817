import { TemplateError } from './values.ts';

/** What is being resolved, each thing because the one before it needs it: so that a circle is an error, and not a full stack. */
export class Circle {
  readonly #open: string[] = [];

  /** Resolves `what`. Throws when that needs `what` again. */
  around<T>(what: string, resolve: () => T): T {
    const first = this.#open.indexOf(what);
    if (first >= 0) {
      throw new TemplateError(`${[...this.#open.slice(first), what].join(' needs ')}: that is a circle`);
    }
    this.#open.push(what);
    try {
      return resolve();
    } finally {
      this.#open.pop();
    }
  }
}
