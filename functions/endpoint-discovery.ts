/**
 * Stands in for `@aws-sdk/middleware-endpoint-discovery` in the bundles: the old way in which DynamoDB's client could ask for
 * another endpoint. It is off unless one switches it on, and we do not.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => false,
  configFileSelector: () => false,
  default: false,
};

export const resolveEndpointDiscoveryConfig = <T>(config: T): T => config;
