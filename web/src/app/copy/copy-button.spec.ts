import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { surround } from '../../testing/page.ts';
import { show, type View } from '../../testing/view.ts';
import { CONFIRM_MS, CopyButton } from './copy-button.ts';

async function setup(works = true) {
  const { time } = surround();
  const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(works);
  const announce = spyOn(TestBed.inject(LiveAnnouncer), 'announce').and.resolveTo();
  const view = await show(CopyButton, { text: 'C51DherHNjMCI3Q=', what: 'your connectionId' });
  return { announce, copy, time, view };
}

/** What one sees, and what one hears. */
const said = (view: View<CopyButton>) => [view.text(), view.find('button').getAttribute('aria-label')];

describe('CopyButton', () => {
  it('says what it copies', async () => {
    const { view } = await setup();
    expect(said(view)).toEqual(['Copy', 'Copy your connectionId']);
  });

  it('copies its text, says so, and is itself again after a while', async () => {
    const { announce, copy, time, view } = await setup();
    await view.click('button');
    expect(copy).toHaveBeenCalledOnceWith('C51DherHNjMCI3Q=');
    expect(said(view)).toEqual(['Copied', 'Copied your connectionId']);
    expect(announce).toHaveBeenCalledOnceWith('Copied your connectionId', 'polite');
    time.pass(CONFIRM_MS);
    await view.settled();
    expect(said(view)).toEqual(['Copy', 'Copy your connectionId']);
  });

  it('counts the while from the last click', async () => {
    const { time, view } = await setup();
    await view.click('button');
    time.pass(CONFIRM_MS - 1);
    await view.click('button');
    time.pass(CONFIRM_MS - 1);
    await view.settled();
    expect(said(view)).toEqual(['Copied', 'Copied your connectionId']);
  });

  it('says when it could not', async () => {
    const { announce, view } = await setup(false);
    await view.click('button');
    expect(said(view)).toEqual(['Not copied', 'Not copied: your connectionId']);
    expect(announce).toHaveBeenCalledOnceWith('Not copied: your connectionId', 'polite');
  });
});
