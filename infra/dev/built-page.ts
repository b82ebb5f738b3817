import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What to do before asking for the built page. */
export const NOT_BUILT = 'The page is not built: run `npm run build` first.';

/** Refuses a project whose page is not built, where `infra/constructs/site.ts` looks for it. */
export function refuseUnbuilt(project: string): void {
  if (!existsSync(join(project, 'dist/web/browser'))) throw new Error(NOT_BUILT);
}
