import { run, stopAll } from '../testing/running.ts';
import { appOf } from './integrations/testing.ts';

const app = appOf({
  Gate: {
    integration: { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } },
    routes: { $connect: { AuthorizationType: 'AWS_IAM' } },
  },
});
const SCOPE = 'AKIAEXAMPLE/20261122/us-east-1';
const signed = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=${SCOPE}/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const query = (service: string, algorithm = 'AWS4-HMAC-SHA256', signature = 'a1'.repeat(32)) =>
  `?X-Amz-Algorithm=${algorithm}&X-Amz-Credential=${encodeURIComponent(`${SCOPE}/${service}/aws4_request`)}` +
  `&X-Amz-Date=20261122T200000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;

describe('a $connect with AWS_IAM', () => {
  afterEach(stopAll);

  const cases: readonly [says: string, query: string, headers: Record<string, string>, enters: boolean][] = [
    ['not signed', '', {}, false],
    ['with another authorization', '', { Authorization: 'Bearer x' }, false],
    ['signed for another service', '', { Authorization: signed('dynamodb') }, false],
    ['signed', '', { Authorization: signed('execute-api') }, true],
    ['signed in the query, as browsers do', query('execute-api'), {}, true],
    ['signed in the query for another service', query('dynamodb'), {}, false],
    ['signed in the query by another algorithm', query('execute-api', 'AWS4'), {}, false],
    ['signed in the query without a signature', query('execute-api', undefined, ''), {}, false],
  ];
  for (const [says, path, headers, enters] of cases) {
    it(`[H21] ${enters ? 'lets in' : 'refuses with 403'} a handshake that is ${says}`, async () => {
      const { connect } = await run(app);
      const connecting = connect(path, { headers });
      if (enters) await expectAsync(connecting).toBeResolved();
      else await expectAsync(connecting).toBeRejectedWithError('Unexpected server response: 403');
    });
  }
});
