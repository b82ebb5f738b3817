import {
  ApiGatewayManagementApiClient,
  type ApiGatewayManagementApiClientConfig,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** How long one post may take, in milliseconds: the function must still have time to say that it did not end. */
const POST_TIMEOUT_MS = 2_000;

/** The client for posts. Delivery alone repeats a post, for it alone knows which may be repeated [P11]. */
export const createGatewayClient = (
  settings: ApiGatewayManagementApiClientConfig = {},
  postTimeoutMs = POST_TIMEOUT_MS,
): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient({
    ...settings,
    maxAttempts: 1,
    // The steps of a command are put together once, not at each post: a fifth of what a post costs.
    cacheMiddleware: true,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: postTimeoutMs,
      throwOnRequestTimeout: true,
      // The one above ends when the answer's head is there.
      socketTimeout: postTimeoutMs,
    },
  });
