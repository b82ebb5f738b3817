/** The CDK app: what `npx cdk` runs, as cdk.json says. */
import { App } from 'aws-cdk-lib';
import { HelloWebSocketStack } from './hello-websocket-stack.ts';

const app = new App();
new HelloWebSocketStack(app);
