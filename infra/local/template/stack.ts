import type { RawResource, StackTemplate } from './assembly.ts';
import { identify, type Identity, PSEUDO_PARAMETERS } from './identities.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import { Properties } from './properties.ts';
import { isRecord, TemplateError } from './values.ts';

/** One resource with the properties that CloudFormation would create it with. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly identity: Identity;
  readonly properties: Properties;
}

/** One stack with everything resolved that does not need an account. */
export class Stack {
  readonly name: string;
  readonly template: StackTemplate;
  readonly #identities = new Map<string, Identity>();
  readonly #scope: Scope;

  constructor(template: StackTemplate) {
    this.template = template;
    this.name = template.name;
    this.#scope = {
      ref: (name) => this.#ref(name),
      attribute: (logicalId, name) => this.#identity(logicalId).attribute(name),
      condition: (name) => this.#condition(name),
      mapping: (map, first, second) => this.#mapping(map, first, second),
    };
  }

  /** The resources of one type whose condition holds. */
  resources(type: string): Resource[] {
    return this.#declared()
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({
        logicalId,
        type,
        identity: this.#identity(logicalId),
        properties: new Properties(logicalId, evaluate(resource.Properties ?? {}, this.#scope)),
      }));
  }

  /** The type of every resource whose condition holds, one entry each. */
  types(): string[] {
    return this.#declared().map(([, resource]) => resource.Type);
  }

  #declared(): [logicalId: string, resource: RawResource][] {
    return Object.entries(this.template.resources).filter(
      ([, { Condition }]) => Condition === undefined || this.#condition(Condition),
    );
  }

  #ref(name: string): unknown {
    if (name === 'AWS::StackName') return this.name;
    if (name in PSEUDO_PARAMETERS) return PSEUDO_PARAMETERS[name];
    const parameter = this.template.parameters[name];
    return isRecord(parameter) ? this.#parameter(name, parameter) : this.#identity(name).ref;
  }

  #parameter(name: string, { Type, Default }: Readonly<Record<string, unknown>>): unknown {
    if (typeof Type === 'string' && Type.startsWith('AWS::SSM::')) {
      throw new TemplateError(`parameter ${name} is read from SSM, which needs an account`);
    }
    if (Default === undefined) throw new TemplateError(`parameter ${name} has no default`);
    return Default;
  }

  #identity(logicalId: string): Identity {
    const known = this.#identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = this.template.resources[logicalId];
    if (resource === undefined)
      throw new TemplateError(`${this.name} has no resource or parameter ${logicalId}`);
    const identity = identify(this.name, logicalId, resource.Type, (property) =>
      evaluate(resource.Properties?.[property], this.#scope),
    );
    this.#identities.set(logicalId, identity);
    return identity;
  }

  #condition(name: string): boolean {
    if (!(name in this.template.conditions)) throw new TemplateError(`${this.name} has no condition ${name}`);
    return evaluate(this.template.conditions[name], this.#scope) === true;
  }

  #mapping(map: string, first: string, second: string): unknown {
    const top = this.template.mappings[map];
    const row = isRecord(top) ? top[first] : undefined;
    if (!isRecord(row) || !(second in row)) throw new TemplateError(`no mapping ${map}.${first}.${second}`);
    return row[second];
  }
}
