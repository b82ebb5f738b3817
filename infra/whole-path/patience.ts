/** Longer than any `until` waits, so that it is what is waited for that a failure names. */
const PATIENCE_MS = 60_000;

/** Gives the specs of a suite the time that threads, processes and a busy machine may take. */
export function patiently(): void {
  const { DEFAULT_TIMEOUT_INTERVAL } = jasmine;
  beforeAll(() => (jasmine.DEFAULT_TIMEOUT_INTERVAL = PATIENCE_MS));
  afterAll(() => (jasmine.DEFAULT_TIMEOUT_INTERVAL = DEFAULT_TIMEOUT_INTERVAL));
}
