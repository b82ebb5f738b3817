/** The dev server hands config.json on to the local runner, which knows the WebSocket URL. */
export default {
  '/config.json': {
    target: globalThis.process.env.RUNNER_URL ?? 'http://127.0.0.1:3001',
    changeOrigin: true,
  },
};
