import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** Goes to another address in this tab. */
export const GO_TO = new InjectionToken<(url: string) => void>('GO_TO', {
  factory: () => {
    const { location } = inject(DOCUMENT);
    return (url) => location.assign(url);
  },
});

/** The address of the page in a room, under a name. */
export function placeUrl(href: string, room: string, name: string | undefined): string {
  const url = new URL(href);
  url.hash = '';
  url.searchParams.set('room', room);
  if (name === undefined) url.searchParams.delete('name');
  else url.searchParams.set('name', name);
  return url.href;
}
