import type { RawResource, StackTemplate } from './assembly.ts';
import { Circle } from './circle.ts';
import {
  type Environment,
  generatedName,
  identify,
  type Identity,
  NESTED_STACK,
  pseudoParameters,
  stackId,
} from './identities.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import { isFromSsm, parameterValue } from './parameters.ts';
import { Properties } from './properties.ts';
import { isRecord, TemplateError } from './values.ts';

/** One resource with the properties that CloudFormation would create it with. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly identity: Identity;
  /** Where its stack is deployed. */
  readonly env: Environment;
  readonly properties: Properties;
}

/** What a stack gets from outside. */
export interface Inputs {
  /** The value given for a parameter; undefined when none is. */
  readonly parameter: (name: string) => unknown;
  /** What another stack exports under this name. */
  readonly imported: (exportName: string) => unknown;
  /** Shared by stacks that import from each other or are nested. */
  readonly circle: Circle;
}

const NO_INPUTS: Omit<Inputs, 'circle'> = {
  parameter: () => undefined,
  imported: (exportName) => {
    throw new TemplateError(`no stack here exports ${exportName}`);
  },
};

/** One stack with everything resolved that does not need an account. */
export class Stack {
  readonly name: string;
  readonly template: StackTemplate;
  readonly #inputs: Inputs;
  readonly #resources = new Map<string, Resource>();
  readonly #nested = new Map<string, Stack>();
  readonly #scope: Scope;
  readonly #pseudoParameters: Readonly<Record<string, string>>;

  constructor(template: StackTemplate, inputs: Partial<Inputs> = {}) {
    this.template = template;
    this.#inputs = { circle: new Circle(), ...NO_INPUTS, ...inputs };
    this.name = template.name;
    this.#pseudoParameters = pseudoParameters(template.env);
    this.#scope = {
      ref: (name) => this.#ref(name),
      attribute: (logicalId, name) => this.#attribute(logicalId, name),
      condition: (name) => this.#condition(name),
      mapping: (map, first, second) => this.#mapping(map, first, second),
      imported: (exportName) => this.#inputs.imported(exportName),
      extended: template.transforms.includes('AWS::LanguageExtensions'),
    };
  }

  /** The resources of one type whose condition holds. */
  resources(type: string): Resource[] {
    return this.#declared()
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => this.#resource(logicalId, resource));
  }

  /** The type of every resource whose condition holds, one entry each. */
  types(): string[] {
    return this.#declared().map(([, resource]) => resource.Type);
  }

  /** The resources that somebody has looked at. */
  looked(): Resource[] {
    return [...this.#resources.values()];
  }

  /** This stack and all that are nested in it. */
  withNested(): Stack[] {
    const nested = this.#declared().filter(([, { Type }]) => Type === NESTED_STACK);
    return [this, ...nested.flatMap(([logicalId]) => this.#nestedStack(logicalId).withNested())];
  }

  /** The value of an output, as a parent stack reads it. */
  output(name: string): unknown {
    const output = this.template.outputs[name];
    if (!isRecord(output)) throw new TemplateError(`${this.name} has no output ${name}`);
    return this.#once(`output ${name}`, () => evaluate(output['Value'], this.#scope));
  }

  /** The names under which it exports outputs, with the outputs. */
  exports(): [exportName: string, output: string][] {
    return Object.entries(this.template.outputs).flatMap(([output, declared]) => {
      if (!isRecord(declared) || !isRecord(declared['Export'])) return [];
      const { Condition } = declared;
      if (typeof Condition === 'string' && !this.#condition(Condition)) return [];
      const exportName = evaluate(declared['Export']['Name'], this.#scope);
      return typeof exportName === 'string' ? [[exportName, output]] : [];
    });
  }

  #nestedStack(logicalId: string): Stack {
    const known = this.#nested.get(logicalId);
    if (known !== undefined) return known;
    const template = this.template.nested.get(logicalId);
    if (template === undefined) {
      throw new TemplateError(`${logicalId}: its TemplateURL is no file here`);
    }
    const given = this.template.resources[logicalId]?.Properties?.['Parameters'];
    const unknown = isRecord(given) && Object.keys(given).find((name) => !(name in template.parameters));
    if (typeof unknown === 'string')
      throw new TemplateError(`${logicalId}: its template has no parameter ${unknown}`);
    const stack = new Stack(
      { ...template, name: generatedName(this.name, logicalId) },
      {
        // One by one and when asked for: one of them may come from a stack that asks for another.
        parameter: (name) => {
          // What a parent passes to such a parameter is a name in SSM.
          if (!isRecord(given) || isFromSsm(template.parameters[name])) return undefined;
          return evaluate(given[name], this.#scope);
        },
        imported: this.#inputs.imported,
        circle: this.#inputs.circle,
      },
    );
    this.#nested.set(logicalId, stack);
    return stack;
  }

  /** Always the same object for the same resource, which knows what has been read of it. */
  #resource(logicalId: string, { Type, Properties: raw = {} }: RawResource): Resource {
    const known = this.#resources.get(logicalId);
    if (known !== undefined) return known;
    const properties = new Properties(logicalId, raw, (value) => evaluate(value, this.#scope));
    const identity = this.#once(logicalId, () =>
      identify(this.template, logicalId, Type, (property) => properties.raw(property)),
    );
    const { env } = this.template;
    const resource = { logicalId, type: Type, identity, env, properties };
    this.#resources.set(logicalId, resource);
    return resource;
  }

  #declared(): [logicalId: string, resource: RawResource][] {
    return Object.entries(this.template.resources).filter(
      ([, { Condition }]) => Condition === undefined || this.#condition(Condition),
    );
  }

  #ref(name: string): unknown {
    if (name === 'AWS::StackName') return this.name;
    if (name === 'AWS::StackId') return stackId(this.name, this.template.env);
    if (name in this.#pseudoParameters) return this.#pseudoParameters[name];
    if (name in this.template.synonyms) return this.#synonym(name);
    const parameter = this.template.parameters[name];
    return isRecord(parameter)
      ? parameterValue(name, parameter, this.#inputs.parameter(name))
      : this.#identity(name).ref;
  }

  #attribute(logicalId: string, name: string): unknown {
    const whole = `${logicalId}.${name}`;
    if (whole in this.template.synonyms) return this.#synonym(whole);
    const isOutput = name.startsWith('Outputs.') && this.template.resources[logicalId]?.Type === NESTED_STACK;
    return isOutput
      ? this.#nestedStack(logicalId).output(name.slice('Outputs.'.length))
      : this.#identity(logicalId).attribute(name);
  }

  #synonym(name: string): unknown {
    return evaluate(this.template.synonyms[name], this.#scope);
  }

  #identity(logicalId: string): Identity {
    const resource = this.template.resources[logicalId];
    if (resource === undefined)
      throw new TemplateError(`${this.name} has no resource or parameter ${logicalId}`);
    // PARITY F19.
    const { Condition } = resource;
    if (Condition !== undefined && !this.#condition(Condition))
      throw new TemplateError(`${logicalId} is not there, for its condition ${Condition} does not hold`);
    return this.#resource(logicalId, resource).identity;
  }

  #condition(name: string): boolean {
    if (!(name in this.template.conditions)) throw new TemplateError(`${this.name} has no condition ${name}`);
    return this.#once(
      `condition ${name}`,
      () => evaluate(this.template.conditions[name], this.#scope) === true,
    );
  }

  #once<T>(what: string, resolve: () => T): T {
    return this.#inputs.circle.around(`${this.name}: ${what}`, resolve);
  }

  #mapping(map: string, first: string, second: string): unknown {
    const top = this.template.mappings[map];
    const row = isRecord(top) ? top[first] : undefined;
    return isRecord(row) ? row[second] : undefined;
  }
}
