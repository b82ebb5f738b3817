import type { Check } from '../check.ts';
import type { Endpoint } from '../endpoint.ts';
import { isRecord, keysOf, parse } from '../seen-event.ts';

const refused = (row: string, promise: string, query: string, expected: string): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => String((await endpoint.knock({ url: endpoint.authorizerUrl, query })).status),
});

/** What the authorizer said, in so many later events. */
async function contexts(endpoint: Endpoint, count: number): Promise<Readonly<Record<string, unknown>>[]> {
  const visitor = await endpoint.visit({ url: endpoint.authorizerUrl, query: '?token=allow' });
  const seen: Readonly<Record<string, unknown>>[] = [];
  for (let asked = 0; asked < count; asked++) {
    const { authorizer } = (await visitor.event()).requestContext;
    seen.push(isRecord(authorizer) ? authorizer : {});
  }
  return seen;
}

export const AUTHORIZER: readonly Check[] = [
  {
    row: 'A1',
    promise: 'the authorizer is asked on $connect and never again',
    expected: 'the same answer each time',
    see: async (endpoint) => {
      const answers = (await contexts(endpoint, 3)).map(({ asked }) => String(asked));
      return new Set(answers).size === 1 && answers[0] !== 'undefined'
        ? 'the same answer each time'
        : answers.join(', ');
    },
  },
  refused('A2', 'without its identity source the answer is 401', '', '401'),
  refused('A2', 'an empty identity source too', '?token=', '401'),
  refused('A3', 'an authorizer that throws Unauthorized means 401', '?token=unauthorized', '401'),
  refused('A4', 'a Deny means 403', '?token=deny', '403'),
  refused('A5', 'anything else thrown means 500', '?token=broken', '500'),
  refused('A5', 'an answer that is no policy means 500', '?token=nonsense', '500'),
  {
    row: 'A6',
    promise: 'principalId and context, as text, stand in later events',
    expected: 'somebody "true" number',
    see: async (endpoint) => {
      const [context] = await contexts(endpoint, 1);
      return `${String(context?.['principalId'])} ${JSON.stringify(context?.['yes'])} ${typeof context?.['integrationLatency']}`;
    },
  },
  {
    row: 'A7',
    promise: "the authorizer's event",
    expected:
      'type, methodArn, headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters, stageVariables, requestContext',
    see: async (endpoint) => {
      const [context] = await contexts(endpoint, 1);
      return keysOf(parse(String(context?.['event'])));
    },
  },
];
