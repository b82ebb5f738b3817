import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { show } from '../../testing/view.ts';
import { MessageActions } from './message-actions.ts';

async function setup(works = true) {
  const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(works);
  const announce = spyOn(TestBed.inject(LiveAnnouncer), 'announce').and.resolveTo();
  const view = await show(MessageActions, { text: 'a long text', title: 'a long' });
  const [copying, frames] = view.host.querySelectorAll('button');
  const icon = () => view.find('path').getAttribute('d');
  return { announce, copy, copying, frames, icon, view };
}

describe('MessageActions', () => {
  it('says what it does, and with which message', async () => {
    const { copying, frames } = await setup();
    expect(copying?.getAttribute('aria-label')).toBe('Copy the message: a long');
    expect(frames?.getAttribute('aria-label')).toBe('Show it on the wire: a long');
  });

  it('copies all of the message, and says so', async () => {
    const { announce, copy, copying, icon, view } = await setup();
    const before = icon();
    copying?.click();
    await view.settled();
    expect(copy).toHaveBeenCalledOnceWith('a long text');
    expect(announce).toHaveBeenCalledOnceWith('Message copied', 'polite');
    expect(icon()).not.toBe(before);
    await view.set({ text: 'another' });
    expect(icon()).toBe(before);
  });

  it('says when it could not', async () => {
    const { announce, copying, icon, view } = await setup(false);
    const before = icon();
    copying?.click();
    await view.settled();
    expect(announce).toHaveBeenCalledOnceWith('The message could not be copied', 'polite');
    expect(icon()).toBe(before);
  });

  it('asks for the frames', async () => {
    const { frames, view } = await setup();
    let asked = 0;
    view.fixture.componentInstance.framesAsked.subscribe(() => asked++);
    frames?.click();
    expect(asked).toBe(1);
  });

  it('is large enough to be hit', async () => {
    const { copying, frames } = await setup();
    for (const button of [copying, frames]) {
      const { width, height } = button?.getBoundingClientRect() ?? {};
      expect([width, height]).toEqual([24, 24]);
    }
  });
});
