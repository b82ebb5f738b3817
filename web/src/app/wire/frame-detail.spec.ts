import { TestBed } from '@angular/core/testing';
import { joined, message, peer } from '../../testing/frames.ts';
import { show } from '../../testing/view.ts';
import { request, wired } from '../../testing/wire.ts';
import { FrameDetail } from './frame-detail.ts';
import { RawFrames } from './raw-frames.ts';
import { Reveal } from './reveal.ts';

const ANN = peer('ann=', { name: 'Ann' });

function setup() {
  const around = wired();
  const { page, socket } = around.open();
  socket.say(joined(ANN));
  const last = () => around.log.entries.at(-1);
  const detail = () => show(FrameDetail, { entry: last() });
  return { ...around, detail, last, page, socket };
}

describe('FrameDetail', () => {
  it('shows a frame as JSON laid out, or as the text that it was', async () => {
    const { detail, socket } = setup();
    socket.say('{"type":"left","connectionId":"ann="}');
    const view = await detail();
    expect(view.find('pre').textContent).toBe('{\n  "type": "left",\n  "connectionId": "ann="\n}');
    expect(view.texts('pre .name')).toEqual(['"type"', '"connectionId"']);
    await view.press('Text');
    expect(view.find('pre').textContent).toBe('{"type":"left","connectionId":"ann="}');
    expect(view.texts('[aria-pressed=true]')).toEqual(['Text']);
    await view.press('JSON');
    expect(view.find('pre').textContent).toContain('\n');
  });

  it('shows what is no JSON as it is, and offers nothing else', async () => {
    const { detail, socket } = setup();
    socket.say('YOUR ID: <b>x</b>');
    const view = await detail();
    expect(view.find('pre').textContent).toBe('YOUR ID: <b>x</b>');
    expect(view.texts('.views')).toEqual([]);
  });

  it('says whom it is from, how large it is, and what it is about', async () => {
    const { detail, socket } = setup();
    socket.say(message(ANN, 'é', { id: 'm1' }));
    const view = await detail();
    expect(view.texts('dl div')[0]).toBe('From Ann session-ann');
    expect(view.texts('dl div')[1]).toMatch(/^Size\d+ bytes$/);
    expect(view.texts('dl div')[2]).toBe('Messagem1');
  });

  it('shows the round trip as soon as there is one', async () => {
    const { clock, detail, page, socket } = setup();
    page.send(request('ping', { id: 'p' }));
    const view = await detail();
    expect(view.text()).not.toContain('Round trip');
    clock.now += 5;
    socket.say({ type: 'pong', id: 'p', listed: [] });
    await view.settled();
    expect(view.texts('dl div')).toContain('Round trip5.0 ms');
  });

  it('explains a close', async () => {
    const { detail, socket } = setup();
    socket.hangUp(1009, 'too big');
    const view = await detail();
    expect(view.text()).toContain('a frame was larger than 32 KB');
    expect(view.text()).toContain('(code 1009, too big)');
    expect(view.text()).not.toContain('Size');
  });

  it('leads to the message in its conversation', async () => {
    const { detail, socket } = setup();
    socket.say(message(ANN, 'Hello', { id: 'm1' }));
    await (await detail()).press('Show in conversation');
    expect(TestBed.inject(Reveal).message()).toEqual({ seat: '1', session: ANN.session, messageId: 'm1' });
  });

  it('leads nowhere when a frame is about no message', async () => {
    const { detail } = setup();
    expect((await detail()).texts('button')).not.toContain('Show in conversation');
  });

  it('sends a frame again, after a warning that its ids repeat', async () => {
    const { detail, page, socket } = setup();
    page.send(request('ping', { id: 'p' }));
    const view = await detail();
    await view.press('Send again');
    expect(view.text()).toContain('ids and numbers included');
    expect(socket.heard.length).toBe(1);
    await view.press('Send it');
    await view.press('Send again');
    await view.press('Send it');
    expect(socket.heard).toEqual(
      [1, 2, 3].map(() => ({ action: 'sendMessageRoute', type: 'ping', id: 'p' })),
    );
    expect(view.texts('[role=status]')).toEqual(['Sent 2 more times.']);
    await view.press('Send again');
    await view.press('Cancel');
    expect(view.text()).not.toContain('ids and numbers included');
  });

  it('cannot send again what came in, what lost its keys, or what has no connection any more', async () => {
    const { detail, log, page, socket } = setup();
    const offers = async () => (await detail()).texts('button').some((text) => text.startsWith('Send again'));
    socket.say('Hello');
    expect(await offers()).toBeFalse();
    page.send(request('hello', { room: 'lobby', resume: { session: 's', key: 'S3CRET' } }));
    expect(await offers()).toBeFalse();
    const view = await detail();
    expect(view.text()).toContain('Its keys and tokens are not kept');
    expect(view.host.outerHTML).not.toContain('S3CRET');
    page.send(request('ping', { id: 'p' }));
    expect(await offers()).toBeTrue();
    const ping = log.entries.at(-1);
    socket.hangUp();
    expect((await show(FrameDetail, { entry: ping })).texts('button')).not.toContain('Send again…');
  });

  it('hands a frame to where it can be changed', async () => {
    const { detail, socket } = setup();
    socket.say('Hello');
    await (await detail()).press('Edit and send');
    expect(TestBed.inject(RawFrames).draft()).toBe('Hello');
  });

  it('closes', async () => {
    const { detail } = setup();
    const view = await detail();
    let times = 0;
    view.fixture.componentInstance.closed.subscribe(() => times++);
    await view.click('.close');
    expect(times).toBe(1);
  });
});
