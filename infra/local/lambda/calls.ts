import type { MessagePort } from 'node:worker_threads';
import type { LocalAnswer, Send } from './local-request.ts';
import type { AnswerMessage, CallMessage } from './messages.ts';

/** Sends calls through `port` and hands back what answers them. Only a call under way keeps the thread alive. */
export function sendThrough(port: MessagePort): Send {
  const waiting = new Map<number, (answer: LocalAnswer) => void>();
  let lastId = 0;
  port.on('message', ({ id, answer }: AnswerMessage) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
    if (waiting.size === 0) port.unref();
  });
  port.unref();
  return (call) =>
    new Promise((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      port.ref();
      port.postMessage({ id, call } satisfies CallMessage);
    });
}
