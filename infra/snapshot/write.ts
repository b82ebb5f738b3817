// `npm run snapshot`: keeps the template as it is now, after somebody has looked at what has changed in it.
import { writeFileSync } from 'node:fs';
import { SNAPSHOT, takeSnapshot } from './take.ts';

writeFileSync(SNAPSHOT, takeSnapshot());
