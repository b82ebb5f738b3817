import { TestBed } from '@angular/core/testing';
import { RELOAD } from '../appearance/reload.ts';
import { show } from '../../testing/view.ts';
import { BUILD } from './build.ts';
import { Stale } from './stale.ts';

async function setup(served?: string) {
  const reload = jasmine.createSpy('reload');
  TestBed.configureTestingModule({
    providers: [
      { provide: RELOAD, useValue: reload },
      { provide: BUILD, useValue: '1.2.0' },
    ],
  });
  return { reload, view: await show(Stale, { served }) };
}

describe('Stale', () => {
  it('says nothing before the welcome, nor when both are of one build', async () => {
    expect((await setup()).view.text()).toBe('');
    TestBed.resetTestingModule();
    expect((await setup('1.2.0')).view.text()).toBe('');
  });

  it('offers to reload when the functions are of another build', async () => {
    const { reload, view } = await setup('1.3.0');
    expect(view.texts('p')).toEqual(['The functions are of build 1.3.0, and this page is of 1.2.0.']);
    await view.press('Reload the page');
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('can be taken away, until the functions are of yet another', async () => {
    const { view } = await setup('1.3.0');
    await view.press('Not now');
    expect(view.text()).toBe('');
    await view.set({ served: '1.4.0' });
    expect(view.text()).toContain('1.4.0');
  });
});

describe('BUILD', () => {
  it('is the version of the package, which the functions name, too', () => {
    expect(TestBed.inject(BUILD)).toMatch(/^\d+\.\d+\.\d+/);
  });
});
