import { randomBytes } from 'node:crypto';

/** What a function finds in `_X_AMZN_TRACE_ID`: a trace of its own, which nobody records (docs: X-Ray tracing header; PARITY L25). */
export const traceHeader = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
};
