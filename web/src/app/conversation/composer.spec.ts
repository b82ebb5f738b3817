import { TestBed } from '@angular/core/testing';
import { RESUME_WINDOW_MS } from '#protocol';
import { connected, surround } from '../../testing/page.ts';
import { joined, left, message, peer } from '../../testing/frames.ts';
import { show } from '../../testing/view.ts';
import type { Partner } from '../connection/partners.ts';
import { Composer } from './composer.ts';
import { Drafts } from './drafts.ts';

const ANN = peer('B=', { name: 'Ann' });
const BOB = peer('C=', { name: 'Bob' });

async function setup() {
  const surroundings = surround();
  const { connection, socket } = await connected(surroundings, [ANN, BOB]);
  const partner = (who: typeof ANN): Partner | undefined =>
    connection.partners().find(({ session }) => session === who.session);
  const view = await show(Composer, { partner: partner(ANN) });
  const field = view.find('textarea');
  /** Types faster than the page is drawn. */
  const enter = (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  };
  const type = async (text: string) => {
    enter(text);
    await view.settled();
  };
  const press = async (init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true, ...init });
    field.dispatchEvent(event);
    await view.settled();
    return event;
  };
  const sent = () =>
    socket.heard.flatMap((frame) =>
      typeof frame === 'object' && frame !== null && 'data' in frame ? [frame.data] : [],
    );
  const drafts = TestBed.inject(Drafts);
  const note = () => view.texts('.note')[0];
  return {
    ...surroundings,
    connection,
    drafts,
    enter,
    field,
    note,
    partner,
    press,
    sent,
    socket,
    type,
    view,
  };
}

describe('Composer', () => {
  it('says to whom it writes', async () => {
    const { field } = await setup();
    expect(field.labels[0]?.textContent).toBe('Message to Ann');
    expect(field.placeholder).toBe('Write to Ann');
  });

  it('sends on Enter, and is empty and ready for the next', async () => {
    const { field, press, sent, type } = await setup();
    await type('Hello');
    const event = await press();
    expect(event.defaultPrevented).toBeTrue();
    expect(sent()).toEqual(['Hello']);
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
  });

  it('is empty when what was sent had never been drawn, as on a busy machine', async () => {
    const { enter, field, press, sent } = await setup();
    enter('Hello');
    await press();
    expect(sent()).toEqual(['Hello']);
    expect(field.value).toBe('');
  });

  it('keeps a draft from the moment that it is typed: the page may be reloaded next', async () => {
    const { drafts, enter, press } = await setup();
    enter('Half a sen');
    expect(drafts.of(ANN.session)).toBe('Half a sen');
    await press();
    expect(drafts.of(ANN.session)).toBe('');
  });

  it('sends by its button', async () => {
    const { sent, type, view } = await setup();
    await type('Hello');
    await view.press('Send');
    expect(sent()).toEqual(['Hello']);
  });

  it('leaves Shift+Enter to break the line', async () => {
    const { press, sent, type } = await setup();
    await type('one');
    const event = await press({ shiftKey: true });
    expect(event.defaultPrevented).toBeFalse();
    expect(sent()).toEqual([]);
  });

  it('leaves the Enter that ends a composition to the input method', async () => {
    const { field, press, sent, type } = await setup();
    await type('こんにちは');
    await press({ isComposing: true });
    // Safari tells of the end first, and then of an Enter that is composing no more.
    field.dispatchEvent(new CompositionEvent('compositionend'));
    await press();
    expect(sent()).toEqual([]);
  });

  it('[P6] counts the bytes of the whole frame', async () => {
    const { connection, type, view } = await setup();
    expect(view.texts('.size')).toEqual(['0 of 32,512 bytes']);
    await type('あ');
    const bytes = connection.measure(ANN.session, 'あ');
    expect(bytes).toBeGreaterThan(100);
    expect(view.texts('.size')).toEqual([`${bytes} of 32,512 bytes`]);
  });

  it('shows the count when a text is nearly too long, and tells it to a screen reader always', async () => {
    const { field, type, view } = await setup();
    const isSeen = () => view.find('.size').getBoundingClientRect().width > 1;
    await type('x'.repeat(20_000));
    expect(isSeen()).toBeFalse();
    await type('x'.repeat(30_000));
    expect(isSeen()).toBeTrue();
    const described = field.getAttribute('aria-describedby')?.split(' ');
    expect(described).toEqual([view.find('.size').id, view.find('.note').id]);
  });

  it('has ids of its own, in a window that holds several', async () => {
    const { field, partner } = await setup();
    const other = await show(Composer, { partner: partner(BOB) });
    expect(other.find('textarea').id).not.toBe(field.id);
    expect(other.find('label').htmlFor).toBe(other.find('textarea').id);
  });

  it('[P6] refuses a text that does not fit before anything is sent, and keeps it', async () => {
    const { field, note, press, sent, type } = await setup();
    await type('x'.repeat(40_000));
    expect(note()).toMatch(/Too long by 7,\d{3} bytes/);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await press();
    expect(sent()).toEqual([]);
    expect(field.value.length).toBe(40_000);
    await type('short');
    expect(note()).toBe('');
  });

  it('sends nothing when there is nothing, and says so until something is typed', async () => {
    const { note, press, sent, type } = await setup();
    await press();
    expect(note()).toBe('There is nothing to send yet.');
    await type('a');
    expect(note()).toBe('');
    expect(sent()).toEqual([]);
  });

  it('keeps what is being typed when a message comes in meanwhile', async () => {
    const { field, partner, socket, type, view } = await setup();
    await type('half a sen');
    socket.say(message(ANN, 'hurry'));
    await view.set({ partner: partner(ANN) });
    expect(field.value).toBe('half a sen');
  });

  it('says when there is no connection, and queues the text', async () => {
    const { connection, field, note, press, socket, type, view } = await setup();
    await type('wait for it');
    socket.break();
    await view.settled();
    expect(note()).toContain('Not connected: what you send is queued');
    await press();
    expect(field.value).toBe('');
    const [line] = connection.partners()[0]?.conversation?.lines ?? [];
    expect(line).toEqual(jasmine.objectContaining({ text: 'wait for it' }));
    expect(line?.sent?.status.kind).toBe('queued');
  });

  it('says when the peer is away, queues for as long as it may come back, and keeps the text then', async () => {
    const { connection, field, note, partner, press, sent, socket, time, type, view } = await setup();
    connection.select(ANN.session);
    await type('in time');
    socket.say(left(ANN));
    await view.set({ partner: partner(ANN) });
    expect(note()).toContain('is away: what you send is queued');
    await press();
    expect(field.value).toBe('');
    await type('too late');
    time.pass(RESUME_WINDOW_MS);
    await press();
    expect(note()).toContain('has left and cannot come back');
    expect(field.value).toBe('too late');
    expect(sent()).toEqual([]);
  });

  it('says why it keeps a text that had never been drawn', async () => {
    const { enter, field, note, press } = await setup();
    enter(' ');
    await press();
    expect(note()).toBe('There is nothing to send yet.');
    expect(field.value).toBe(' ');
  });

  it('says at once that a terminal which has left does not come back', async () => {
    const { connection, field, note, press, socket, type, view } = await setup();
    const terminal = peer('T=', { dialect: 'plain' });
    socket.say(joined(terminal));
    connection.select(terminal.session);
    socket.say(left(terminal));
    await view.set({ partner: connection.selected() });
    expect(note()).toContain('cannot come back');
    await type('too late');
    await press();
    expect(field.value).toBe('too late');
  });
});
