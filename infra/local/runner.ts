import type { Endpoint } from './endpoints.ts';
import type { FaultSettings } from './gateway/fault-settings.ts';
import type { Variables } from './lambda/function.ts';
import type { Limits } from './limits.ts';
import type { Logger } from './log.ts';
import type { NotEmulated } from './template/not-emulated.ts';
import type { GivenParameters } from './template/stacks.ts';

export interface StartOptions {
  /** The folder that `cdk synth` wrote, or a template file of CloudFormation or SAM. */
  readonly assembly: string;
  /** Port of the first API (0: any free one); a further one takes any free port. */
  readonly port?: number;
  /** Port of the first site (0: any free one), a further one takes any free port; without it sites are not served. */
  readonly sitePort?: number | undefined;
  /** A further address of this machine to be reached at, `0.0.0.0` for all: by others too, and without a sign-in. */
  readonly host?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** What goes wrong on purpose, from the start; `POST /_local/faults` changes it. */
  readonly faults?: Partial<FaultSettings>;
  /** The dice that faults are thrown with: numbers from 0 up to but not 1. */
  readonly random?: () => number;
  /** What `config.json` tells a page besides where to connect (PARITY X12). */
  readonly config?: object;
  /** Values for parameters of the stacks, in place of their defaults. */
  readonly parameters?: GivenParameters;
  /** Variables for the environment of every function, over those of the template. */
  readonly variables?: Variables;
  /** The folder to keep the tables in; without one they are in memory. */
  readonly data?: string | undefined;
  /** Whether functions reach `@connections` and the tables by HTTP, as on AWS, and not by short cuts past it. */
  readonly overHttp?: boolean;
  /** Whether functions are reloaded when their code, or the assembly, changes. */
  readonly watch?: boolean;
  readonly log?: Logger;
}

/** A CloudFront distribution before a bucket, where it can be reached. */
export interface ServedSite {
  readonly logicalId: string;
  readonly port: number;
  readonly url: string;
}

/** A running assembly. */
export interface Runner {
  readonly port: number;
  readonly endpoints: readonly Endpoint[];
  /** Empty when they are not asked for. */
  readonly sites: readonly ServedSite[];
  /** Types of resources that the template has and nothing here stands for, each once, and APIs that are not WebSocket. */
  readonly ignored: readonly string[];
  /** Properties of what is run that nothing here makes anything of. */
  readonly notEmulated: readonly NotEmulated[];
  /** Lets the page on this port of the machine use `/_local`. */
  allowPage(port: number): void;
  stop(): Promise<void>;
}
