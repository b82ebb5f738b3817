import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** Loads the page anew. Sessions and drafts survive it: they are in the storage of the tab. */
export const RELOAD = new InjectionToken<() => void>('RELOAD', {
  factory: () => {
    const { location } = inject(DOCUMENT);
    return () => location.reload();
  },
});
