import { TestBed } from '@angular/core/testing';
import { FakeStorage } from '../../testing/fake-storage.ts';
import { STORAGE } from '../connection/tokens.ts';
import { Drafts, MOST_STORED } from './drafts.ts';

function draftsIn(storage: FakeStorage | undefined): Drafts {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: [Drafts, { provide: STORAGE, useValue: storage }] });
  return TestBed.inject(Drafts);
}

describe('Drafts', () => {
  it('keeps what was typed to each session, through a reload of the tab, until it is sent', () => {
    const storage = new FakeStorage();
    const before = draftsIn(storage);
    before.keep('ann', 'half a sentence');
    before.keep('bob', 'sent');
    before.keep('bob', '');
    const after = draftsIn(storage);
    expect(after.of('ann')).toBe('half a sentence');
    expect(after.of('bob')).toBe('');
    after.keep('ann', '');
    expect(storage.items.size).toBe(0);
  });

  it('keeps a text that is too long, or has no room, for as long as the page is open, and no older one in its place', () => {
    const storage = new FakeStorage(100);
    const drafts = draftsIn(storage);
    for (const text of ['x'.repeat(MOST_STORED + 1), 'x'.repeat(100)]) {
      drafts.keep('ann', 'short');
      expect(storage.items.size).toBe(1);
      drafts.keep('ann', text);
      expect(drafts.of('ann')).toBe(text);
      expect(storage.items.size).toBe(0);
    }
  });

  it('does without storage', () => {
    const drafts = draftsIn(undefined);
    drafts.keep('ann', 'half');
    expect(drafts.of('ann')).toBe('half');
  });
});
