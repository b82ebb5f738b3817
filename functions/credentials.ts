/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles: inside Lambda the credentials are always in the
 * environment, and the code that looks for them elsewhere is a third of a bundle and a quarter of its loading time.
 */
export const defaultProvider = () => () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('the environment has no AWS credentials');
  return Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
};
