import { gatewayOf } from './lib/gateway.js';
import * as people from './lib/people.js';

/** `{"action":"whisper","to":name,"text":…}` goes to everybody of that name. */
export const whisper = async ({ requestContext, body }) => {
  const { to, text } = JSON.parse(body);
  const all = await people.all();
  const sender = all.find(({ connectionId }) => connectionId === requestContext.connectionId);
  const post = gatewayOf(requestContext);
  await Promise.all(
    all
      .filter(({ name }) => name === to)
      .map(({ connectionId }) => post(connectionId, { from: sender?.name, text })),
  );
  return { statusCode: 200 };
};

/** Whatever else was said: the sender is told what can be. */
export const fallback = async ({ requestContext }) => {
  await gatewayOf(requestContext)(requestContext.connectionId, { error: 'There is only whisper.' });
  return { statusCode: 200 };
};
