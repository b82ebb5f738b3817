import { TestBed } from '@angular/core/testing';
import { show } from '../../testing/view.ts';
import { request, wired } from '../../testing/wire.ts';
import { FrameComposer } from './frame-composer.ts';
import { RawFrames } from './raw-frames.ts';

const PING = request('ping', { id: 'p' });

async function setup() {
  const around = wired();
  const { socket } = around.open();
  const view = await show(FrameComposer);
  const field = view.find('textarea');
  const type = async (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await view.settled();
  };
  const press = async (key: string, about: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...about });
    field.dispatchEvent(event);
    await view.settled();
    return event;
  };
  const sent = () =>
    around.log.entries.filter(({ direction }) => direction === 'out').map(({ text }) => text);
  return { ...around, field, press, sent, socket, type, view };
}

describe('FrameComposer', () => {
  it('sends what is written as it is, garbage included, and empties the field', async () => {
    const { field, press, sent, socket, type, view } = await setup();
    await type('"not { a frame"');
    await view.press('Send frame');
    expect(socket.heard).toEqual(['not { a frame']);
    expect(field.value).toBe('');
    await type(PING);
    expect((await press('Enter')).defaultPrevented).toBeTrue();
    expect(sent()).toEqual(['"not { a frame"', PING]);
  });

  it('breaks the line with Shift+Enter, and lets an input method finish', async () => {
    const { press, sent, type } = await setup();
    await type(PING);
    expect((await press('Enter', { shiftKey: true })).defaultPrevented).toBeFalse();
    await press('Enter', { isComposing: true });
    expect(sent()).toEqual([]);
  });

  it('counts bytes, and says what will become of the frame', async () => {
    const { type, view } = await setup();
    await type('é');
    expect(view.texts('.size')).toEqual(['2 / 32,768']);
    expect(view.texts('[role=status]')[0]).toContain('no JSON object');
    await type(PING);
    expect(view.texts('[role=status]')[0]).toContain('Enter sends');
  });

  it('asks before it sends a frame that costs the connection', async () => {
    const { press, sent, type, view } = await setup();
    const large = 'x'.repeat(32_769);
    await type(large);
    await press('Enter');
    expect(sent()).toEqual([]);
    expect(view.texts('[role=status]')[0]).toContain('1009');
    await type(`${large}y`);
    await press('Enter');
    expect(sent()).toEqual([]);
    await view.press('Send anyway');
    expect(sent()).toEqual([`${large}y`]);
  });

  it('says that nothing was sent when there is no connection, and keeps the text', async () => {
    const { field, press, socket, type, view } = await setup();
    socket.hangUp();
    await type(PING);
    await press('Enter');
    expect(view.texts('[role=status]')).toEqual(['Not sent: there is no open connection.']);
    expect(field.value).toBe(PING);
  });

  it('sends for the seat that is chosen', async () => {
    const { log, open, type, view } = await setup();
    expect(view.host.querySelector('select')).toBeNull();
    open('2');
    await view.settled();
    const select = view.find('select');
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    expect(view.texts('option')).toEqual(['1', '2']);
    await type(PING);
    await view.press('Send frame');
    expect(log.entries.at(-1)).toEqual(jasmine.objectContaining({ seat: '2', text: PING }));
  });

  it('fetches back what was sent, at the first line only', async () => {
    const { field, press, type } = await setup();
    for (const text of ['one', 'two', 'two']) {
      await type(text);
      await press('Enter');
    }
    await press('ArrowUp');
    expect(field.value).toBe('two');
    await press('ArrowUp');
    await press('ArrowUp');
    expect(field.value).toBe('one');
    await press('ArrowDown');
    expect(field.value).toBe('two');
    await press('ArrowDown');
    expect(field.value).toBe('');
    await type('a\nb');
    field.setSelectionRange(3, 3);
    expect((await press('ArrowUp')).defaultPrevented).toBeFalse();
    expect(field.value).toBe('a\nb');
  });

  it('does not keep what has a secret in it', async () => {
    const { press, type } = await setup();
    await type('{"key":"S3CRET"}');
    await press('Enter');
    expect(TestBed.inject(RawFrames).sent()).toEqual([]);
  });

  it('takes the cursor when somebody wants to change a frame', async () => {
    const { field, view } = await setup();
    TestBed.inject(RawFrames).edit('changed');
    await view.settled();
    expect(field.value).toBe('changed');
    expect(document.activeElement).toBe(field);
  });
});
