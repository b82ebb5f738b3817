import { readFileSync } from 'node:fs';
import { SNAPSHOT, takeSnapshot } from './take.ts';

describe('the template', () => {
  it('is the one that was last looked at; `npm run snapshot` keeps another', () => {
    const kept = readFileSync(SNAPSHOT, 'utf8').split('\n');
    const now = takeSnapshot().split('\n');
    const differs = now.findIndex((line, place) => line !== kept[place]);
    expect({ line: differs + 1, is: now[differs] }).toEqual({ line: 0, is: undefined });
    expect(now.length).toBe(kept.length);
  });

  it('has nothing in it that changes by itself', () => {
    const text = takeSnapshot();
    expect(text).toBe(takeSnapshot());
    expect(text).not.toMatch(/[0-9a-f]{64}/);
    expect(text).not.toContain(import.meta.dirname);
  });
});
