const { nameIn } = require('./tokens');

const policy = (Effect, Resource) => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});

/** Throws `Unauthorized` (401) for a token that is none, denies (403) who is banned, and lets the others in. */
exports.handler = async ({ methodArn, queryStringParameters }) => {
  const name = nameIn(queryStringParameters.token);
  if (name === undefined) throw new Error('Unauthorized');
  return {
    principalId: name,
    policyDocument: policy(name === 'mallory' ? 'Deny' : 'Allow', methodArn),
    context: { name, admin: name === 'ada', visits: 1 },
  };
};
