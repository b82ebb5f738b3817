import type { Rate } from './frame-rate.ts';
import type { Doors } from './origin.ts';

/** What the stack tells a function. */
export interface Environment {
  readonly tableName: string;
  /** How many connections a room lists at most [P24]. */
  readonly roomLimit: number;
  /** The version that `welcome` names. */
  readonly build: string;
  readonly functionName: string;
  /** The deployment that metrics are of. */
  readonly stackName: string;
  readonly doors: Doors;
  /** What a connection may send [P26]. */
  readonly frameRate: Rate;
}

/** Reads the environment, and throws naming the variable that is missing or wrong. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const read = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
    return value;
  };
  const whole = (name: string): number => {
    const value = Number(read(name));
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on`);
    return value;
  };
  const terminals = read('TERMINALS');
  if (terminals !== 'true' && terminals !== 'false') throw new Error('TERMINALS must be true or false');
  // The SDK reads this one itself, and without it would post to an address that does not exist.
  read('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI');
  return {
    tableName: read('TABLE_NAME'),
    roomLimit: whole('ROOM_LIMIT'),
    build: read('BUILD'),
    functionName: read('AWS_LAMBDA_FUNCTION_NAME'),
    stackName: read('STACK_NAME'),
    doors: { origins: read('ORIGINS').split(','), terminals: terminals === 'true' },
    frameRate: { rate: whole('FRAME_RATE'), burst: whole('FRAME_BURST') },
  };
}
