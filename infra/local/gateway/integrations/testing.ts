import type { TestApp } from '../../testing/assembly.ts';

type Properties = Readonly<Record<string, unknown>>;

/** An integration of a test's API, the keys of its responses with what each has, and its routes. */
export interface TestIntegration {
  readonly integration: Properties;
  readonly responses?: Readonly<Record<string, Properties>>;
  /** Route key to what the route has. */
  readonly routes: Readonly<Record<string, Properties>>;
  readonly oneWay?: true;
}

const type = (name: string, properties: Properties): object => ({
  Type: `AWS::ApiGatewayV2::${name}`,
  Properties: { ApiId: { Ref: 'Api' }, ...properties },
});

/** The resources of integrations that the kit's own apps do not have, written as people write them. */
export function resourcesOf(
  integrations: Readonly<Record<string, TestIntegration>>,
): Record<string, unknown> {
  const resources: Record<string, unknown> = {};
  for (const [name, { integration, responses = { $default: {} }, routes, oneWay }] of Object.entries(
    integrations,
  )) {
    resources[name] = type('Integration', integration);
    for (const [index, [key, properties]] of Object.entries(responses).entries()) {
      resources[`${name}Response${index}`] = type('IntegrationResponse', {
        IntegrationId: { Ref: name },
        IntegrationResponseKey: key,
        ...properties,
      });
    }
    for (const [index, [key, properties]] of Object.entries(routes).entries()) {
      const route = `${name}Route${index}`;
      resources[route] = type('Route', {
        RouteKey: key,
        Target: { 'Fn::Sub': `integrations/\${${name}}` },
        ...(oneWay !== true && { RouteResponseSelectionExpression: '$default' }),
        ...properties,
      });
      resources[`${route}Response`] = type('RouteResponse', {
        RouteId: { Ref: route },
        RouteResponseKey: '$default',
      });
    }
  }
  return resources;
}

/** An app that has these integrations and nothing else. */
export const appOf = (
  integrations: Readonly<Record<string, TestIntegration>>,
  more: Partial<TestApp> = {},
): TestApp => ({
  functions: {},
  routes: {},
  ...more,
  resources: { ...resourcesOf(integrations), ...more.resources },
});

/** API Gateway's own frame, and the text in it. */
export const TROUBLE =
  /^\{"message": "(.+)", "connectionId":"[A-Za-z0-9_-]{15}=", "requestId":"[A-Za-z0-9_-]{15}="\}$/;
