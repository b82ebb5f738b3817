import { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HelloWebSocketStack } from '../hello-websocket-stack.ts';
import { withBuiltSite } from './built-site.ts';

/** Where the template stands as it was last looked at. */
export const SNAPSHOT = join(import.meta.dirname, 'template.json');

/** The stack's template as text, without what changes by itself: hashes of the code, and the version. */
export function takeSnapshot(): string {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return withBuiltSite((built) => {
    const app = new App({
      context: { ...context, 'aws:cdk:bundling-stacks': [] },
      builtinCloudFormationValidation: false,
    });
    const stack = new HelloWebSocketStack(app, { built });
    const { template } = app.synth().getStackByName(stack.stackName) as { template: unknown };
    return `${JSON.stringify(template, withoutHashes, 2)}\n`;
  });
}

function withoutHashes(name: string, value: unknown): unknown {
  if (name === 'BUILD') return '<version>';
  return typeof value === 'string' ? value.replaceAll(/[0-9a-f]{64}/g, '<hash>') : value;
}
