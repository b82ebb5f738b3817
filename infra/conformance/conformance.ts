// `npm run conformance`: asks an endpoint with the conformance handlers what PARITY.md promises, and tells what differs.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { makeAll } from './check.ts';
import { CHECKS } from './checks/all.ts';
import { Endpoint } from './endpoint.ts';
import { type Flags, readFlags, USAGE } from './flags.ts';
import { count, table } from './report.ts';

const AT_ONCE = 6;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whether nothing differs. */
async function run({ settings, slow, only, json }: Flags): Promise<boolean> {
  const checks = CHECKS.filter(
    (check) => (slow || check.slow !== true) && (only.length === 0 || only.includes(check.row)),
  );
  if (checks.length === 0) throw new Error(`no check is of ${only.join(', ')}`);
  const endpoint = new Endpoint(settings);
  try {
    await endpoint.reach();
    const findings = await makeAll(checks, endpoint, AT_ONCE);
    print(table(findings));
    if (json !== undefined) {
      const report = { url: settings.url, madeAt: new Date().toISOString(), ...count(findings), findings };
      // npm runs its scripts in the package's folder, whatever folder they were called in.
      await writeFile(resolve(process.env['INIT_CWD'] ?? '.', json), `${JSON.stringify(report, null, 2)}\n`);
    }
    return count(findings).fail === 0;
  } finally {
    endpoint.close();
  }
}

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) print(USAGE);
  else process.exitCode = (await run(flags)) ? 0 : 1;
} catch (error) {
  // What can go wrong here is the person's to mend: a flag, or a file that cannot be written.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
