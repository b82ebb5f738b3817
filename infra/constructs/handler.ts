import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface HandlerProps extends Pick<Settings, 'tracing' | 'reservedConcurrency'> {
  /** Name of the file in functions/, and of the function after the stack's name. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * One of our functions, with what they all share: Node.js 24 on arm64, 512 MB (memory buys the CPU that a cold start waits for: what
 * runs warm needs 128), 20 seconds (inside API Gateway's 29, beyond the 3 that posts may take), logs as JSON that are kept for a month.
 *
 * The bundle is a minified ES module with the AWS SDK inside, 219 kB of which are 23 ours; `npm run bench` measures size and load time
 * against the same bundle without our settings, and the README says where that ends. A source map lies beside it, which Node.js is not
 * told to read: source-positions.ts does when there is a stack to log. One bundle for all four would be 221 kB, more for each of them.
 */
export class Handler extends NodejsFunction {
  constructor(
    scope: Construct,
    id: string,
    { file, environment, tracing, reservedConcurrency }: HandlerProps,
  ) {
    const functionName = `${Stack.of(scope).stackName}-${file}`;
    // Without a group of its own a function's logs are kept for ever, and stay when the stack is destroyed.
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the role that CDK would make: AWS's managed policy lets a function write every log of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    if (tracing) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray knows no resources to narrow the sending of traces to.',
      });
    }
    super(scope, id, {
      functionName,
      entry: join(ROOT, 'functions', `${file}.ts`),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(20),
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      environment,
      // Lambda's own lines are JSON as ours are, which it does not encode again. Powertools' logger would be 23 kB more in each bundle.
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      bundling: {
        // The copy in Lambda's runtime loads in twice the time, and changes its version by itself.
        bundleAwsSDK: true,
        format: OutputFormat.ESM,
        target: 'node24',
        minify: true,
        sourceMap: true,
        sourcesContent: false,
        // The SDK's CommonJS builds would ask for a `require` that an ES module has not; its module builds are smaller too.
        mainFields: ['module', 'main'],
        // Loaded only by a command that streams events, which none of ours does; the SDK imports it when it needs it.
        externalModules: ['@smithy/core/event-streams'],
        esbuildArgs: {
          '--alias:@aws-sdk/credential-provider-node': join(ROOT, 'functions', 'credentials.ts'),
          '--alias:@aws-sdk/middleware-endpoint-discovery': join(ROOT, 'functions', 'endpoint-discovery.ts'),
        },
      },
    });
  }
}
