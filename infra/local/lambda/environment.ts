import { regionOf } from '../template/identities.ts';
import type { LambdaFunction } from './function.ts';
import { variablesOf } from './logging.ts';

/** The variables that a function sees, from Lambda's page "Working with Lambda environment variables": Lambda's defaults, its own, and those that are reserved. */
export function environmentOf(lambda: LambdaFunction): Record<string, string> {
  const region = regionOf(lambda.arn);
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    TZ: ':UTC',
    ...lambda.environment,
    _HANDLER: lambda.handler,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${lambda.nodeVersion}.x`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: lambda.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...variablesOf(lambda.logging),
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: region,
    // Credentials of nobody: enough for the SDK to sign, and the machine's own never reach a function.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: lambda.name,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: lambda.code,
  };
}
