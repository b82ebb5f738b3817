import { cpus } from 'node:os';

/** How idle the machine's processors are, from one look to the next. */
export class Idleness {
  #before = times();

  /** The share of processor time since the last look that nobody used, from 0 to 1. */
  share(): number {
    const now = times();
    const total = now.total - this.#before.total;
    const idle = now.idle - this.#before.idle;
    this.#before = now;
    return total > 0 ? idle / total : 0;
  }
}

function times(): { idle: number; total: number } {
  let [idle, total] = [0, 0];
  for (const { times: one } of cpus()) {
    idle += one.idle;
    total += one.user + one.nice + one.sys + one.idle + one.irq;
  }
  return { idle, total };
}
