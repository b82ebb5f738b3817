import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { readFileSync } from 'node:fs';
import { createCount, type Metric } from '../../functions/metrics.ts';
import { REFUSAL_CODES } from '#protocol';
import { Alarms } from './alarms.ts';
import { Board } from './board.ts';
import { claims } from './claims.ts';
import { ConnectionTable } from './connection-table.ts';

const RUNBOOK = readFileSync(new URL('../RUNBOOK.md', import.meta.url), 'utf8');

function synthesize(email?: string): Template {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'chat');
  const api = new WebSocketApi(stack, 'Api');
  const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'dev' });
  const { table } = new ConnectionTable(stack, 'Connections');
  const onMessage = new LambdaFunction(stack, 'OnMessage', {
    code: Code.fromInline('exports.handler = async () => ({})'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  const observed = { api, stage, table, onMessage, handlers: [onMessage] };
  new Alarms(stack, 'Alarms', { ...observed, email });
  new Board(stack, 'Board', observed);
  return Template.fromStack(stack);
}

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
}

describe('what is watched', () => {
  const alarms = (template: Template) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties as AlarmProperties,
    );

  it('has an alarm for every heading of the runbook, and a heading for every alarm', () => {
    const headings = Array.from(RUNBOOK.matchAll(/^## (.+)$/gm), ([, heading = '']) => heading);
    const names = alarms(synthesize()).map(({ AlarmName }) => AlarmName);
    expect(names.toSorted()).toEqual(headings.map((heading) => `chat: ${heading}`).toSorted());
  });

  it('says in the runbook what each alarm means and what to do', () => {
    for (const section of RUNBOOK.split(/^## /m).slice(1)) {
      expect(section).toContain('**Means:**');
      expect(section).toContain('**Do:**');
    }
  });

  it(
    'tells nobody unless an address is given, and then that one',
    claims(() => {
      const quiet = synthesize();
      quiet.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.absent() });
      quiet.resourceCountIs('AWS::SNS::Topic', 0);
      const told = synthesize('ops@example.com');
      told.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [Match.anyValue()] });
      told.hasResourceProperties('AWS::SNS::Subscription', {
        Protocol: 'email',
        Endpoint: 'ops@example.com',
      });
    }),
  );

  it(
    'takes no traffic for no trouble',
    claims(() => {
      synthesize().allResourcesProperties('AWS::CloudWatch::Alarm', { TreatMissingData: 'notBreaching' });
    }),
  );

  it('is alarmed by faults that a function catches, and not by handshakes that it refuses', () => {
    const of = (name: string): string => {
      const alarm = alarms(synthesize()).find(({ AlarmName }) => AlarmName === `chat: ${name}`);
      return JSON.stringify(alarm);
    };
    expect(of('a function fails')).toContain('"MetricName":"Faults"');
    expect(of('API Gateway cannot call a function')).toContain('"MetricName":"ExecutionError"');
    expect(of('API Gateway cannot call a function')).not.toContain('IntegrationError');
  });

  it('shows what was asked for: connections, frames, refusals, posts, latencies, 410s and ghosts', () => {
    const board = JSON.stringify(synthesize().findResources('AWS::CloudWatch::Dashboard'));
    for (const shown of [
      'ConnectCount',
      'MessageCount',
      'Refused',
      'PostsFailed',
      '410 rate',
      'GhostsRemoved',
    ])
      expect(board).toContain(shown);
    // Of the function of messages, and of all calls.
    for (const percentile of ['p50', 'p99'])
      expect(board.split(String.raw`\"stat\":\"${percentile}\"`)).toHaveSize(3);
  });

  it('shows every refusal code and every metric of ours on the dashboard', () => {
    const board = JSON.stringify(synthesize().findResources('AWS::CloudWatch::Dashboard'));
    const shown: readonly Metric[] = [
      'Joined',
      'Left',
      'Refused',
      'PostsGone',
      'PostsThrottled',
      'PostsFailed',
      'Faults',
      'GhostsRemoved',
    ];
    for (const metric of shown) expect(board).toContain(metric);
    for (const code of REFUSAL_CODES) expect(board).toContain(code);
  });

  it('looks for our metrics where the functions write them', () => {
    const lines: string[] = [];
    createCount(
      'chat',
      (line) => lines.push(line),
      () => 5,
    )('Refused', { code: 'gone' });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: 5,
          CloudWatchMetrics: [
            {
              Namespace: 'hello-websocket',
              Dimensions: [['Stack'], ['Stack', 'Code']],
              Metrics: [{ Name: 'Refused', Unit: 'Count' }],
            },
          ],
        },
        Stack: 'chat',
        Code: 'gone',
        Refused: 1,
      },
    ]);
    const board = JSON.stringify(synthesize().findResources('AWS::CloudWatch::Dashboard'));
    expect(board).toContain(String.raw`\"hello-websocket\",\"Refused\",\"Code\",\"gone\",\"Stack\",\"chat\"`);
  });
});
