/** Whether Node.js says that there is no such module. */
export const isNotFound = (error: unknown): error is Error & { code: string } =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND');
