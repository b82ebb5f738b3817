const toRunner = {
  target: globalThis.process.env.RUNNER_URL ?? 'http://127.0.0.1:3001',
  // The runner looks at who asks, and by which name: the WebSocket URL depends on it, and whether /_local answers.
  changeOrigin: false,
  xfwd: true,
};

/** The dev server hands on to the local runner what is not of the page: where it runs, and the runner's own API. */
export default { '/config.json': toRunner, '/_local': toRunner };
