/** Whether an `Authorization` header has the form of a signature for API Gateway; whose it is cannot be checked without an account. */
export const isSigned = (authorization: string | undefined): boolean =>
  /^AWS4-HMAC-SHA256 Credential=[^,]+\/execute-api\/aws4_request,/.test(authorization ?? '');

/** The same of a query string, which is how browsers sign a handshake (docs: authenticating requests with query parameters). */
export const isSignedQuery = (query: URLSearchParams): boolean =>
  query.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256' &&
  (query.get('X-Amz-Credential') ?? '').endsWith('/execute-api/aws4_request') &&
  /^[0-9a-f]{64}$/.test(query.get('X-Amz-Signature') ?? '');
