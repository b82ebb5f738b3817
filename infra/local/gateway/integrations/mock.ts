import { isRecord } from '../../template/values.ts';
import { Refusal } from './integration.ts';
import type { Backend } from './mapped.ts';

/** The gateway answers itself, with the `statusCode` in the request that the template made and no body (PARITY N1). */
export const mockBackend: Backend = {
  target: 'MOCK',
  call({ body }) {
    const statusCode = statusOf(body.toString('utf8'));
    if (statusCode === undefined || statusCode < 100 || statusCode > 599) {
      throw new Refusal('has no statusCode of HTTP in what its request template made');
    }
    return Promise.resolve({ statusCode, headers: {}, body: Buffer.alloc(0), outcome: String(statusCode) });
  },
};

/** AWS is not strict here: CDK's own templates write `{ statusCode: 200 }`, which is no JSON (seen: localstack #11967). */
function statusOf(text: string): number | undefined {
  const [, loose] = /^\s*\{\s*["']?statusCode["']?\s*:\s*(\d{3})\s*[,}]/.exec(text) ?? [];
  if (loose !== undefined) return Number(loose);
  try {
    const parsed: unknown = JSON.parse(text);
    const status = isRecord(parsed) ? parsed['statusCode'] : undefined;
    return Number.isInteger(status) ? Number(status) : undefined;
  } catch {
    return undefined;
  }
}
