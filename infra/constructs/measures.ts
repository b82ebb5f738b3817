import { Duration, Stack } from 'aws-cdk-lib';
import type { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, Stats, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type Metric as Counted, NAMESPACE } from '../../functions/metrics.ts';

/** What is watched. */
export interface Observed {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  readonly handlers: readonly LambdaFunction[];
  /** The function of the messages, whose speed people feel. */
  readonly onMessage: LambdaFunction;
  readonly table: TableV2;
}

const MINUTE = Duration.minutes(1);

/** What API Gateway counts of a WebSocket API: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html */
export type OfGateway = 'ConnectCount' | 'MessageCount' | 'ExecutionError' | 'IntegrationLatency';

/** A metric of the API's stage, by the minute. */
export const ofGateway = (
  api: WebSocketApi,
  stage: WebSocketStage,
  metricName: OfGateway,
  statistic: string = Stats.SUM,
): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: api.apiId, Stage: stage.stageName },
    statistic,
    period: MINUTE,
  });

/** One of our own, by the minute. */
export const ofOurs = (scope: Construct, metricName: Counted, code?: string): Metric =>
  new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { Stack: Stack.of(scope).stackName, ...(code !== undefined && { Code: code }) },
    statistic: Stats.SUM,
    period: MINUTE,
    unit: Unit.COUNT,
  });
