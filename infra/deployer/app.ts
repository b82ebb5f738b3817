/** What lets a GitHub workflow deploy: `npx cdk deploy --app "node infra/deployer/app.ts" -c repository=owner/name`. */
import { App } from 'aws-cdk-lib';
import { DeployerStack } from './deployer-stack.ts';

const app = new App();
const repository: unknown = app.node.tryGetContext('repository');
if (typeof repository !== 'string' || !/^[\w.-]+\/[\w.-]+$/.test(repository))
  throw new Error('-c repository=owner/name must say whose workflow may deploy');
new DeployerStack(app, { repository, newProvider: app.node.tryGetContext('provider') !== 'existing' });
