// A file of its own, so that it is fetched when somebody is to be told something.
export { LiveAnnouncer } from '@angular/cdk/a11y';
export { shortened } from './graphemes.ts';
