/** Timers for a page: those of a worker are not slowed down while the page is hidden. Answers an id when its time has come. */
addEventListener('message', ({ data }: MessageEvent<{ readonly id: number; readonly ms: number }>) => {
  setTimeout(() => postMessage(data.id), data.ms);
});
