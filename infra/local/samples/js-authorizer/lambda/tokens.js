const { createHmac, timingSafeEqual } = require('node:crypto');

const signatureOf = (name) => createHmac('sha256', process.env.SECRET).update(name).digest('base64url');

/** The name that a token is of; undefined when it is not one of ours. */
exports.nameIn = (token) => {
  const [name = '', given = ''] = token.split('.');
  const [expected, actual] = [Buffer.from(signatureOf(name)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? name : undefined;
};
