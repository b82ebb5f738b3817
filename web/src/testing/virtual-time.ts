import { VirtualTimeScheduler } from 'rxjs';

/** Time that passes only when a test says so. */
export class VirtualTime extends VirtualTimeScheduler {
  /** Lets `ms` pass, and everything happen that falls into them. */
  pass(ms: number): void {
    const end = this.frame + ms;
    this.maxFrames = end;
    this.flush();
    this.frame = end;
  }
}
