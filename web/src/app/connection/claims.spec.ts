import { Claims } from './claims.ts';

/** The browser's own locks: each name is used by one spec alone. */
const claims = () => {
  const tab = new Claims(navigator.locks);
  tabs.push(tab);
  return tab;
};
const tabs: Claims[] = [];

describe('Claims', () => {
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.release();
  });

  it('give a session to one tab alone', async () => {
    expect(await claims().claim('claims-a')).toBeTrue();
    expect(await claims().claim('claims-a')).toBeFalse();
    expect(await claims().claim('claims-b')).toBeTrue();
  });

  it('wait a moment for a page that is just ending', async () => {
    const first = claims();
    await first.claim('claims-c');
    const second = claims().claim('claims-c');
    first.release();
    expect(await second).toBeTrue();
  });

  it('let the former session go when there is another', async () => {
    const first = claims();
    await first.claim('claims-d');
    await first.claim('claims-e');
    expect(await claims().claim('claims-d')).toBeTrue();
  });

  it('give nothing where there are no locks', async () => {
    expect(await new Claims(undefined).claim('claims-f')).toBeFalse();
  });
});
