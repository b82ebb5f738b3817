import { randomPart } from '../random.ts';

const hex = (bytes: number): string => Buffer.from(randomPart(bytes)).toString('hex');

/** What a function finds in `_X_AMZN_TRACE_ID`: a trace of its own, which nobody records (docs: X-Ray tracing header; PARITY L25). */
export const traceHeader = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${hex(12)};Parent=${hex(8)};Sampled=0`;
};
