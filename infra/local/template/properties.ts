import { refuseDynamicReferences } from './parameters.ts';
import { isRecord, TemplateError } from './values.ts';

/** The resolved properties of one resource, read by type; a wrong one is an error that names the logical id. */
export class Properties {
  readonly #logicalId: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #resolve: (value: unknown) => unknown;
  readonly #insides = new Map<string, Properties>();

  /** `resolve` replaces the intrinsic functions in a property, once it is read: what nobody reads may hold what cannot be resolved. */
  constructor(logicalId: string, values: unknown, resolve: (value: unknown) => unknown = (value) => value) {
    if (!isRecord(values)) throw new TemplateError(`${logicalId}: Properties is not an object`);
    this.#logicalId = logicalId;
    this.#values = values;
    this.#resolve = resolve;
  }

  text(name: string): string {
    return this.#required(name, this.optionalText(name));
  }

  /** A string; CloudFormation also takes a number or a boolean, which YAML makes of a text without quotes. */
  optionalText(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.#wrong(name, 'a string');
  }

  /** A number; CloudFormation also takes one that is written as a string. */
  optionalNumber(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw this.#wrong(name, 'a number');
  }

  /** An object inside, as properties of its own; empty when it is not there. */
  inside(name: string): Properties {
    const inside = this.#insides.get(name) ?? this.#open(name);
    this.#insides.set(name, inside);
    return inside;
  }

  #open(name: string): Properties {
    const written = this.#values[name];
    const path = `${this.#logicalId}.${name}`;
    // As long as no function makes the whole of it, each part is resolved by itself.
    if (!isRecord(written) || Object.keys(written).some((key) => key === 'Ref' || key.startsWith('Fn::'))) {
      return new Properties(path, this.raw(name) ?? {});
    }
    this.#read.add(name);
    return new Properties(path, written, this.#resolve);
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  /** What is there; to ask for the names is not to read what they stand for. */
  names(): string[] {
    return Object.keys(this.#values).filter((name) => this.#value(name) !== undefined);
  }

  /** A list of objects; empty when it is not there. */
  list(name: string): Properties[] {
    const value = this.raw(name) ?? [];
    if (!Array.isArray(value)) throw this.#wrong(name, 'a list');
    return value.map((item, index) => new Properties(`${this.#logicalId}.${name}[${index}]`, item));
  }

  /** The property as it stands, for what is passed on unread. */
  raw(name: string): unknown {
    this.#read.add(name);
    return this.#value(name);
  }

  #value(name: string): unknown {
    try {
      const value = this.#resolve(this.#values[name]);
      refuseDynamicReferences(value);
      return value;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new TemplateError(`${this.#logicalId}.${name}: ${error.message}`);
    }
  }

  /** The names that were asked for, whether there is such a property or not. */
  read(): string[] {
    return [...this.#read];
  }

  /** The names of the properties that nobody has asked for, `A.B` of one inside. */
  unread(): string[] {
    return [
      ...Object.keys(this.#values).filter((name) => !this.#read.has(name)),
      ...[...this.#insides].flatMap(([name, inside]) => inside.unread().map((one) => `${name}.${one}`)),
    ];
  }

  /** All of them, each as text, but for some that need not be resolved: what an environment is made of. */
  texts(but: readonly string[] = []): Record<string, string> {
    for (const name of but) this.#read.add(name);
    return Object.fromEntries(
      Object.keys(this.#values)
        .filter((name) => !but.includes(name))
        .flatMap((name) => {
          const text = this.optionalText(name);
          return text === undefined ? [] : [[name, text]];
        }),
    );
  }

  #required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw new TemplateError(`${this.#logicalId} has no ${name}`);
    return value;
  }

  #wrong(name: string, wanted: string): TemplateError {
    return new TemplateError(`${this.#logicalId}: ${name} must be ${wanted}`);
  }
}
