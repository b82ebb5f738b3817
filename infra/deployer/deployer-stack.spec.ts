import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { claims } from '../constructs/claims.ts';
import { DeployerStack } from './deployer-stack.ts';

const synthesize = (newProvider = true): Template =>
  Template.fromStack(
    new DeployerStack(new App({ builtinCloudFormationValidation: false }), {
      repository: 'ann/chat',
      newProvider,
    }),
  );

const workflow = parse(
  readFileSync(new URL('../../.github/workflows/deploy.yml', import.meta.url), 'utf8'),
) as {
  readonly jobs: {
    readonly deploy: { readonly environment: string; readonly permissions: Readonly<Record<string, string>> };
  };
};

describe('DeployerStack', () => {
  it(
    'lets jobs of one repository in, of its environments dev and prod, and nobody else',
    claims(() => {
      synthesize().hasResourceProperties('AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRoleWithWebIdentity',
              Principal: { Federated: Match.anyValue() },
              Condition: {
                StringEquals: {
                  'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                  'token.actions.githubusercontent.com:sub': [
                    'repo:ann/chat:environment:dev',
                    'repo:ann/chat:environment:prod',
                  ],
                },
              },
            },
          ],
        },
      });
    }),
  );

  it(
    "may take the roles of CDK's bootstrap, and do nothing itself",
    claims(() => {
      const template = synthesize();
      template.resourceCountIs('AWS::IAM::Policy', 1);
      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Resource: {
                'Fn::Join': [
                  '',
                  Match.arrayWith([Match.stringLikeRegexp(':role/cdk-hnb659fds-\\*-role-\\*$')]),
                ],
              },
            },
          ],
        },
      });
    }),
  );

  it(
    'leaves the provider alone that an account has already',
    claims(() => {
      synthesize(false).resourceCountIs('AWS::IAM::OIDCProvider', 0);
    }),
  );

  it('is what the workflow uses: it stores no key, and asks for a token', () => {
    expect(workflow.jobs.deploy.permissions['id-token']).toBe('write');
    expect(workflow.jobs.deploy.environment).toBe('${{ inputs.stage }}');
    expect(JSON.stringify(workflow)).not.toMatch(/secrets\.|access-key/i);
  });
});
