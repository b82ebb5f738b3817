import type { Check } from '../check.ts';
import { AUTHORIZER } from './authorizer.ts';
import { EVENTS } from './events.ts';
import { HANDSHAKE } from './handshake.ts';
import { IDENTIFIERS } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { MANAGEMENT } from './management.ts';
import { MAPPING } from './mapping.ts';
import { ROUTES } from './routes.ts';

/** Every check, in the order in which they are reported. */
export const CHECKS: readonly Check[] = [
  ...EVENTS,
  ...IDENTIFIERS,
  ...HANDSHAKE,
  ...AUTHORIZER,
  ...ROUTES,
  ...MAPPING,
  ...LIMITS,
  ...MANAGEMENT,
];
