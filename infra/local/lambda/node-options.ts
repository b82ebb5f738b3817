import { TemplateError } from '../template/values.ts';

/** An error for a `NODE_OPTIONS` with which Node.js would not start: the thread that gets it would not say whose it is. */
export function refuseWrongOptions(logicalId: string, options = ''): void {
  const flags = options.split(/\s+/).filter((word) => word.startsWith('-'));
  for (const flag of flags) {
    const [name = ''] = flag.split('=');
    if (!process.allowedNodeEnvironmentFlags.has(name))
      throw new TemplateError(`${logicalId}: Node.js ${process.version} takes no ${name} in NODE_OPTIONS`);
  }
}
