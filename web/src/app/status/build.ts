import { InjectionToken } from '@angular/core';
import { version } from '../../../../package.json';

/** The version that this page was built as: the functions name theirs in `welcome`, and both are deployed together. */
export const BUILD = new InjectionToken<string>('BUILD', { factory: () => version });
