import { TestBed } from '@angular/core/testing';
import { FRAGMENT } from './tokens.ts';

describe('FRAGMENT', () => {
  const { href } = location;
  afterEach(() => history.replaceState(null, '', href));

  it('tells what lets us in, and takes it out of the address', () => {
    history.replaceState({ mine: 1 }, '', '?room=blue#to=s&invitation=i');
    expect(TestBed.inject(FRAGMENT)()).toBe('#to=s&invitation=i');
    expect(location.search + location.hash).toBe('?room=blue#to=s');
    expect(history.state).toEqual({ mine: 1 });
  });

  it('does so when somebody follows a link to the same page, or types one', async () => {
    const fragment = TestBed.inject(FRAGMENT);
    const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    location.hash = '#token=t';
    await changed;
    expect(fragment()).toBe('#token=t');
    expect(location.href).not.toContain('token');
  });

  it('leaves any other fragment alone', () => {
    history.replaceState(null, '', '#to=s');
    const replaced = spyOn(history, 'replaceState').and.callThrough();
    expect(TestBed.inject(FRAGMENT)()).toBe('#to=s');
    expect(replaced).not.toHaveBeenCalled();
  });
});
