import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface DeployerStackProps {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** Whether the account has to be told of GitHub's tokens; it takes one provider for all repositories. */
  readonly newProvider: boolean;
}

const ISSUER = 'token.actions.githubusercontent.com';

/** The environments of the repository whose jobs may deploy; .github/workflows/deploy.yml names them. */
const ENVIRONMENTS = ['dev', 'prod'];

/**
 * A role that jobs of one GitHub repository may take with the token that GitHub gives each job, so that no key of AWS is stored there.
 * It may do nothing but take the roles that `cdk bootstrap` has made.
 */
export class DeployerStack extends Stack {
  constructor(scope: Construct, { repository, newProvider }: DeployerStackProps) {
    super(scope, 'hello-websocket-deployer');
    const provider = newProvider
      ? new OidcProviderNative(this, 'GitHub', { url: `https://${ISSUER}`, clientIds: ['sts.amazonaws.com'] })
          .oidcProviderArn
      : this.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: ISSUER });
    const role = new Role(this, 'Role', {
      description: `Deploys hello-websocket from ${repository}`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(provider, {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: ENVIRONMENTS.map((name) => `repo:${repository}:environment:${name}`),
        },
      }),
    });
    const bootstrapped = this.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: 'cdk-hnb659fds-*-role-*',
    });
    role.addToPolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [bootstrapped] }));
    new CfnOutput(this, 'RoleArn', {
      value: role.roleArn,
      description: 'The variable AWS_ROLE_ARN of the repository',
    });
  }
}
