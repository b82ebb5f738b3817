import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { REFUSAL_CODES } from '#protocol';
import { ofGateway, type OfGateway, ofOurs, type Observed } from './measures.ts';

const MINUTE = Duration.minutes(1);
const WIDTH = 12;

/** The dashboard: who comes and goes, what is said, what is refused, where posts end, and how long it takes. */
export class Board extends Construct {
  constructor(scope: Construct, id: string, { api, stage, handlers, onMessage, table }: Observed) {
    super(scope, id);
    const gateway = (name: OfGateway, statistic?: string) => ofGateway(api, stage, name, statistic);
    const graph = (title: string, left: IMetric[]): GraphWidget =>
      new GraphWidget({ title, left, width: WIDTH, leftYAxis: { min: 0 } });
    const labelled = (metric: ReturnType<typeof ofOurs>, label: string) => metric.with({ label });
    const board = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(3) });
    board.addWidgets(
      graph('Connections', [gateway('ConnectCount'), ofOurs(this, 'Joined'), ofOurs(this, 'Left')]),
      graph('Frames, both ways', [gateway('MessageCount')]),
    );
    board.addWidgets(
      graph(
        'Refused, by code',
        REFUSAL_CODES.map((code) => labelled(ofOurs(this, 'Refused', code), code)),
      ),
      graph('Posts that did not arrive', [
        labelled(ofOurs(this, 'PostsGone'), 'nobody there (410)'),
        labelled(ofOurs(this, 'PostsThrottled'), 'throttled (429)'),
        labelled(ofOurs(this, 'PostsFailed'), 'failed'),
      ]),
    );
    board.addWidgets(
      graph('A message in its function, ms', [
        onMessage.metricDuration({ statistic: Stats.percentile(50), label: 'p50', period: MINUTE }),
        onMessage.metricDuration({ statistic: Stats.percentile(99), label: 'p99', period: MINUTE }),
      ]),
      graph('Any call of a function as API Gateway sees it, ms', [
        gateway('IntegrationLatency', Stats.percentile(50)).with({ label: 'p50' }),
        gateway('IntegrationLatency', Stats.percentile(99)).with({ label: 'p99' }),
      ]),
    );
    board.addWidgets(
      graph('Nobody there (410), per hundred frames', [
        new MathExpression({
          label: '410 rate',
          expression: 'IF(frames > 0, 100 * gone / frames, 0)',
          usingMetrics: { gone: ofOurs(this, 'PostsGone'), frames: gateway('MessageCount') },
          period: MINUTE,
        }),
      ]),
      graph('Ghosts removed', [ofOurs(this, 'GhostsRemoved')]),
    );
    board.addWidgets(
      graph('Functions: faults, errors and throttles', [
        ofOurs(this, 'Faults'),
        ...handlers.map((handler) => handler.metricErrors({ period: MINUTE })),
        ...handlers.map((handler) => handler.metricThrottles({ period: MINUTE })),
      ]),
      graph('Table: consumed units', [
        table.metricConsumedReadCapacityUnits({ period: MINUTE }),
        table.metricConsumedWriteCapacityUnits({ period: MINUTE }),
      ]),
    );
  }
}
