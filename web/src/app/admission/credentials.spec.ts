import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeStorage } from '../../testing/fake-storage.ts';
import { surround } from '../../testing/page.ts';
import { FRAGMENT } from '../connection/tokens.ts';
import { Credentials } from './credentials.ts';

function setup(fragment = '', storage = new FakeStorage(), search = '?room=blue') {
  surround({ storage, search });
  const address = signal(fragment);
  TestBed.configureTestingModule({ providers: [{ provide: FRAGMENT, useValue: address }] });
  const credentials = TestBed.inject(Credentials);
  const renewed: string[] = [];
  credentials.renewed.subscribe((kind) => renewed.push(kind));
  TestBed.tick();
  return { address, credentials, renewed, storage };
}

describe('Credentials', () => {
  it('are taken from the fragment that the page was opened with', () => {
    const { credentials } = setup('#to=s&invitation=i&token=a.b.c');
    expect([credentials.invitation(), credentials.token()]).toEqual(['i', 'a.b.c']);
  });

  it('are kept in the tab for the next page of it, an invitation for its room alone', () => {
    const { storage } = setup('#invitation=i&token=t');
    TestBed.resetTestingModule();
    const again = setup('', storage).credentials;
    expect([again.invitation(), again.token()]).toEqual(['i', 't']);
    TestBed.resetTestingModule();
    const elsewhere = setup('', storage, '?room=red').credentials;
    expect([elsewhere.invitation(), elsewhere.token()]).toEqual([undefined, 't']);
  });

  it('are taken from a link that is followed later, and say so', () => {
    const { address, credentials, renewed } = setup('#token=one');
    expect(renewed).toEqual([]);
    address.set('#token=two');
    TestBed.tick();
    expect(credentials.token()).toBe('two');
    expect(renewed).toEqual(['token']);
  });

  it('can be forgotten, in the tab too, and do not come back by the fragment they came with', () => {
    const { credentials, storage } = setup('#token=t');
    credentials.keep('token', undefined);
    TestBed.tick();
    expect(credentials.token()).toBeUndefined();
    expect([...storage.items.keys()].filter((key) => key.includes('token'))).toEqual([]);
  });

  it('hold as long as the page where the tab has no room for them', () => {
    const { credentials } = setup('#invitation=i', new FakeStorage(0));
    expect(credentials.invitation()).toBe('i');
  });
});
