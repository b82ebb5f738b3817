import { TestBed } from '@angular/core/testing';
import { until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { request, wired } from '../../testing/wire.ts';
import { WirePane } from './wire-pane.ts';
import { WireView } from './wire-view.ts';

async function setup() {
  const around = wired();
  const { page, socket } = around.open();
  const view = await show(WirePane);
  view.host.style.cssText = 'width: 600px; height: 700px';
  const settled = async () => {
    for (let frame = 0; frame < 4; frame++) {
      await new Promise(requestAnimationFrame);
      await view.settled();
    }
  };
  await settled();
  const say = async (...texts: readonly string[]) => {
    for (const text of texts) socket.say(text);
    await settled();
  };
  return { ...around, page, say, settled, view };
}

describe('WirePane', () => {
  it('says how many frames there are', async () => {
    const { say, view } = await setup();
    expect(view.texts('.count')).toEqual(['1 frame']);
    await say(...Array.from({ length: 1999 }, () => 'x'));
    expect(view.texts('.count')).toEqual(['2,000 frames']);
  });

  it('gives the list all the room that is left, and scrolls when there is too little', async () => {
    const { say, view } = await setup();
    const list = view.find('app-frame-list');
    expect(list.clientHeight).toBeGreaterThan(400);
    expect(view.host.scrollHeight).toBe(view.host.clientHeight);
    await say('{"a":1}');
    await view.click('.row:last-of-type');
    await view.click('.compose');
    view.host.style.height = '300px';
    await say();
    expect(list.clientHeight).toBeGreaterThan(100);
    expect(view.host.scrollHeight).toBeGreaterThan(300);
  });

  for (const width of [300, 340, 480, 900]) {
    it(`fits into ${width} px`, async () => {
      const { say, view } = await setup();
      view.host.style.width = `${width}px`;
      await say('{"type":"left","connectionId":"ann="}');
      await view.click('.row:last-of-type');
      await view.click('.compose');
      const { right } = view.host.getBoundingClientRect();
      const over = [...view.host.querySelectorAll('button, select, input, textarea, pre')]
        .filter((part) => part.getBoundingClientRect().right > right)
        .map((part) => part.outerHTML);
      expect(over).toEqual([]);
    });
  }

  it('has its buttons on one line, beside the conversation on a laptop', async () => {
    const { say, view } = await setup();
    view.host.style.width = '458px';
    await say(...Array.from({ length: 1999 }, () => 'x'));
    const tops = [...view.host.querySelectorAll('.line button')].map(
      (one) => one.getBoundingClientRect().top,
    );
    expect(new Set(tops).size).toBe(1);
  });

  it('pauses, says how many came meanwhile, and goes on', async () => {
    const { say, view } = await setup();
    await view.click('.pause');
    expect(view.texts('.paused')).toEqual(['Paused. Recording goes on: nothing more yet.']);
    await say('one', 'two');
    expect(view.texts('.paused')).toEqual(['Paused. Recording goes on: 2 more.']);
    expect(view.texts('.row').length).toBe(1);
    await view.click('.pause');
    expect(view.texts('.paused')).toEqual([]);
    await say();
    expect(view.texts('.row').length).toBe(3);
  });

  it('forgets all when asked', async () => {
    const { log, say, view } = await setup();
    await say('one');
    await view.press('Clear');
    await say();
    expect([log.entries.length, view.texts('.row').length]).toEqual([0, 0]);
    expect(view.texts('.count')).toEqual(['no frames']);
  });

  it('shows the frame that is chosen, until it is closed', async () => {
    const { say, view } = await setup();
    await say('one', 'two');
    await view.click('.row:last-of-type');
    expect(view.find('app-frame-detail pre').textContent).toBe('two');
    await view.click('app-frame-detail .close');
    expect(view.host.querySelector('app-frame-detail')).toBeNull();
  });

  it('lets one write a frame, and change one that was seen', async () => {
    const { say, view } = await setup();
    expect(view.host.querySelector('textarea')).toBeNull();
    await view.click('.compose');
    expect(view.find('textarea').value).toBe('');
    await view.click('.compose');
    expect(view.host.querySelector('textarea')).toBeNull();
    await say('Hello');
    await view.click('.row:last-of-type');
    await view.press('Edit and send');
    expect(view.find('textarea').value).toBe('Hello');
    await view.click('.compose');
    expect(view.host.querySelector('textarea')).toBeNull();
    await view.press('Edit and send');
    expect(view.find('textarea').value).toBe('Hello');
  });

  for (const [button, ending, type] of [
    ['NDJSON', '.ndjson', 'application/x-ndjson'],
    ['HAR', '.har', 'application/json'],
  ] as const) {
    it(`exports what the filter lets through as ${button}, without secrets`, async () => {
      const { page, say, settled, view } = await setup();
      const files: Blob[] = [];
      spyOn(URL, 'createObjectURL').and.callFake((file) => {
        if (file instanceof Blob) files.push(file);
        return 'about:blank';
      });
      const names: string[] = [];
      spyOn(HTMLAnchorElement.prototype, 'click').and.callFake(function (this: HTMLAnchorElement) {
        names.push(this.download);
      });
      page.send(request('hello', { room: 'lobby', resume: { session: 's', key: 'S3CRET' } }));
      await say('{"type":"welcome","resumeKey":"S3CRET"}', 'other');
      TestBed.inject(WireView).narrow({ text: 'lo' });
      await settled();
      await view.press(button);
      await until(() => names.length > 0);
      const text = (await files[0]?.text()) ?? '';
      expect(files[0]?.type).toBe(type);
      expect(names[0]).toMatch(/^wire-\d{4}-\d\d-\d\dT[\d-]{8}\./);
      expect(names[0]).toContain(ending);
      expect(text).toContain('hello');
      expect(text).toContain('[redacted]');
      expect(text).not.toContain('S3CRET');
      expect(text).not.toContain('other');
    });
  }

  it('is in the page what it was, after it was left', async () => {
    const { say, view } = await setup();
    await say('one', 'two');
    TestBed.inject(WireView).narrow({ text: 'one' });
    view.fixture.destroy();
    const again = await show(WirePane);
    again.host.style.cssText = 'width: 600px; height: 700px';
    await say();
    expect(again.texts('.row .preview')).toEqual(['one']);
    expect(again.find('input').value).toBe('one');
  });
});
