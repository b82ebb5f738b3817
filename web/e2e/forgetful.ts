import type { Page } from '@playwright/test';
import { parseServerFrame, type ServerFrame } from '#protocol';

/** Lets frames of one type get lost on their way to the page, as posts can on AWS, until what it gives is called. */
export async function forgetful(page: Page, lost: ServerFrame['type']): Promise<() => void> {
  let isForgetful = true;
  await page.routeWebSocket(
    (url) => url.searchParams.has('room'),
    (socket) => {
      const server = socket.connectToServer();
      server.onMessage((frame) => {
        if (!isForgetful || parseServerFrame(frame.toString()).type !== lost) socket.send(frame);
      });
    },
  );
  return () => (isForgetful = false);
}
