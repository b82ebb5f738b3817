import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdkJson from '../cdk.json' with { type: 'json' };
import { HelloWebSocketStack } from './hello-websocket-stack.ts';
import { withBuiltSite } from './snapshot/built-site.ts';

/** Synthesizes with CloudFormation's schemas, CDK's own rules and those of AWS Solutions, which throw what they find. */
function synthesize(context: Record<string, unknown>): void {
  const outdir = mkdtempSync(join(tmpdir(), 'hello-websocket-validated-'));
  try {
    const app = new App({
      outdir,
      context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...context },
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    withBuiltSite((built) => {
      new HelloWebSocketStack(app, { built });
      app.synth();
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe("the stack, by CloudFormation's schemas and the rules of AWS Solutions,", () => {
  const SETTINGS: Readonly<Record<string, Record<string, unknown>>> = {
    'as it is': {},
    'with all that can be asked for': {
      stage: 'prod',
      auth: 'jwt',
      jwtIssuer: 'https://issuer.example',
      jwtAudience: 'hello-websocket',
      apiLogs: 'true',
      apiLogsRole: 'true',
      tracing: 'true',
      reservedConcurrency: '50',
      alarmEmail: 'ops@example.com',
      domain: 'chat.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    },
  };
  for (const [name, context] of Object.entries(SETTINGS)) {
    it(`has nothing against it ${name}`, () => {
      expect(() => synthesize(context)).not.toThrow();
    });
  }
});
