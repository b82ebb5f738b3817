/** `cdk deploy --app "node infra/conformance/app.ts"`: the APIs that `npm run conformance` asks. */
import { App } from 'aws-cdk-lib';
import { ConformanceStack } from './conformance-stack.ts';

new ConformanceStack(new App());
