import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { QUOTAS } from '../quotas.ts';
import { ofGateway, ofOurs, type Observed } from './measures.ts';

export interface AlarmsProps extends Observed {
  /** Who is told; nobody but the console unless given. */
  readonly email?: string | undefined;
}

interface Rule {
  /** The heading in RUNBOOK.md that says what it means and what to do. */
  readonly name: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** How many minutes of the last fifteen must be beyond it; one unless told. */
  readonly minutes?: number;
}

const MINUTE = Duration.minutes(1);
/** Of a quota: early enough to ask for more. */
const NEAR = 0.8;
const SECONDS_A_MINUTE = 60;

/** The alarms, each of which RUNBOOK.md explains. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const action = props.email === undefined ? undefined : new SnsAction(this.#topic(props.email));
    for (const { name, metric, threshold, minutes = 1 } of this.#rules(props)) {
      const alarm = new Alarm(this, name.replaceAll(/\W/g, ''), {
        alarmName: `${Stack.of(this).stackName}: ${name}`,
        alarmDescription: `infra/RUNBOOK.md says what this means and what to do: “${name}”`,
        metric,
        threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 15,
        datapointsToAlarm: minutes,
        // No traffic is no trouble.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (action) alarm.addAlarmAction(action);
    }
  }

  #rules({ api, stage, handlers, onMessage, table }: Observed): readonly Rule[] {
    const sum = (label: string, metrics: readonly IMetric[]): IMetric =>
      new MathExpression({
        label,
        expression: metrics.map((_, place) => `m${place}`).join(' + '),
        usingMetrics: Object.fromEntries(metrics.map((metric, place) => [`m${place}`, metric])),
        period: MINUTE,
      });
    return [
      {
        name: 'a function fails',
        // Lambda counts what a function throws or runs out of time in, and ours what they catch.
        metric: sum('errors', [
          ofOurs(this, 'Faults'),
          ...handlers.map((handler) => handler.metricErrors({ period: MINUTE })),
        ]),
        threshold: 0,
      },
      {
        name: 'functions are throttled',
        metric: sum(
          'throttles',
          handlers.map((handler) => handler.metricThrottles({ period: MINUTE })),
        ),
        threshold: 0,
      },
      {
        name: 'API Gateway cannot call a function',
        // Not IntegrationError: that counts every handshake that a function refuses, with 403 for instance.
        metric: ofGateway(api, stage, 'ExecutionError'),
        threshold: 0,
        minutes: 3,
      },
      {
        name: 'messages are slow',
        metric: onMessage.metricDuration({ statistic: Stats.percentile(99), period: MINUTE }),
        threshold: 1000,
        minutes: 5,
      },
      {
        name: 'the table refuses',
        metric: sum('errors', [
          table.metric('ReadThrottleEvents', { period: MINUTE, statistic: Stats.SUM }),
          table.metric('WriteThrottleEvents', { period: MINUTE, statistic: Stats.SUM }),
        ]),
        threshold: 0,
        minutes: 3,
      },
      {
        name: 'peers vanish',
        metric: new MathExpression({
          label: 'posts that find nobody, per hundred frames',
          expression: 'IF(frames > 100, 100 * gone / frames, 0)',
          usingMetrics: {
            gone: ofOurs(this, 'PostsGone'),
            frames: ofGateway(api, stage, 'MessageCount'),
          },
          period: MINUTE,
        }),
        threshold: 20,
        minutes: 5,
      },
      {
        name: 'new connections are near the quota',
        metric: ofGateway(api, stage, 'ConnectCount'),
        threshold: NEAR * QUOTAS.newConnections * SECONDS_A_MINUTE,
      },
      {
        name: 'frames are near the quota',
        metric: ofGateway(api, stage, 'MessageCount'),
        threshold: NEAR * QUOTAS.requests.rate * SECONDS_A_MINUTE,
      },
    ];
  }

  #topic(email: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
