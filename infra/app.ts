/** The CDK app: what `npx cdk` runs, as cdk.json says. */
import { App, Validations } from 'aws-cdk-lib';
import { env, exit, stderr } from 'node:process';
import { HelloWebSocketStack } from './hello-websocket-stack.ts';
import { SettingError } from './settings.ts';

const app = new App();
// As for CDK's own validation: `npm run check` and a deployment want it, a start on a laptop would wait for it.
if (env['CDK_VALIDATION'] !== 'false') {
  const { AwsSolutionsChecks } = await import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
try {
  new HelloWebSocketStack(app);
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  // A stack trace would hide the sentence.
  stderr.write(`${error.message}\n`);
  exit(1);
}
