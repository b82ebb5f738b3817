/** Knows nothing of API Gateway: a text comes in, numbers go out. */
exports.handler = async ({ text }) => {
  if (typeof text !== 'string' || text.trim() === '') throw new Error('No text to count.');
  const words = text.trim().split(/\s+/);
  const longest = words.reduce((left, right) => (right.length > left.length ? right : left));
  return { count: words.length, longest };
};
