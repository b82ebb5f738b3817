import type { Fields } from '../values.ts';

/** A resource of SAM's: its properties with the template's Globals, and what goes on to each resource made of it. */
export interface SamResource {
  readonly logicalId: string;
  readonly properties: Fields;
  /** `Condition`, `DependsOn` and the like. */
  readonly attributes: Fields;
}

/** What SAM makes of one of its resources. */
export interface Expansion {
  /** Resources of CloudFormation, by logical id. */
  readonly resources: Fields;
  /** What `Ref` and `Fn::GetAtt` of SAM's own names (`MyApi.Stage`) stand for. */
  readonly synonyms?: Fields;
}

/** `fields` without some of them. */
export const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Those of `fields` that are there, of these names. */
export const only = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
