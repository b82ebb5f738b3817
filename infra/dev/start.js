// What `npm start` runs: dev.ts, with all that Node.js makes of its sources kept from one start to the next. In JavaScript,
// because for TypeScript that is not kept yet Node.js loads a compiler: 20 MB, and a fifth of a second, in each thread.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Where the runner's threads keep theirs: infra/local/compile-cache.ts.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/local-runner'));
await import('../dev.ts');
