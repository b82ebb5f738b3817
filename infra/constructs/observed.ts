import type { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** What is watched. */
export interface Observed {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  readonly handlers: readonly LambdaFunction[];
  /** The function of the messages, whose speed people feel. */
  readonly onMessage: LambdaFunction;
  readonly table: TableV2;
}
