import { TestBed } from '@angular/core/testing';
import { connected, surround } from '../../testing/page.ts';
import { left, message, peer } from '../../testing/frames.ts';
import { show } from '../../testing/view.ts';
import { FIRST_SEAT } from '../seats/seat-providers.ts';
import { Reveal } from '../wire/reveal.ts';
import { ConversationPane } from './conversation-pane.ts';

const ANN = peer('B=', { name: 'Ann' });
const TERMINAL = peer('T=', { dialect: 'plain' });

async function setup(who: typeof ANN) {
  const { connection, socket } = await connected(surround(), [ANN, TERMINAL]);
  connection.select(who.session);
  const view = await show(ConversationPane, { partner: connection.selected() });
  const follow = () => view.set({ partner: connection.selected() });
  const choose = async (other: typeof ANN) => {
    connection.select(other.session);
    await follow();
  };
  const type = (text: string) => {
    const field = view.find('textarea');
    field.value = text;
    field.dispatchEvent(new Event('input'));
  };
  return { choose, connection, follow, socket, type, view };
}

describe('ConversationPane', () => {
  it('shows with whom one talks, what was said, and where to write', async () => {
    const { follow, socket, view } = await setup(ANN);
    socket.say(message(ANN, 'hello'));
    await follow();
    expect(view.texts('h2')).toEqual(['Ann']);
    expect(view.texts('.text')).toEqual(['hello']);
    expect(view.find('textarea').getAttribute('placeholder')).toBe('Write to Ann');
  });

  it('[P27] says as whom the peer has signed in', async () => {
    const { view } = await setup(ANN);
    expect(view.text()).not.toContain('Signed in');
    await view.set({ partner: { ...ANN, here: true, unread: 0, subject: 'ann@example.com' } });
    expect(view.texts('header .who')[0]).toContain('Signed in as ann@example.com');
  });

  it('says of a terminal, and of nobody else, that it sends no receipts', async () => {
    expect((await setup(TERMINAL)).view.text()).toContain('sends no receipts');
  });

  it('does not say so of a page', async () => {
    expect((await setup(ANN)).view.text()).not.toContain('receipts');
  });

  it('stays readable when the peer has left, and says so', async () => {
    const { follow, socket, view } = await setup(ANN);
    socket.say(message(ANN, 'hello'));
    socket.say(left(ANN));
    await follow();
    expect(view.text()).toContain('Ann has left');
    expect(view.texts('.text')).toEqual(['hello']);
  });

  it('keeps a draft for each peer, and what was typed just before another was chosen', async () => {
    const { choose, type, view } = await setup(ANN);
    const field = () => view.find('textarea').value;
    type('to Ann');
    await choose(TERMINAL);
    expect(field()).toBe('');
    type('to the terminal');
    await choose(ANN);
    expect(field()).toBe('to Ann');
    await choose(TERMINAL);
    expect(field()).toBe('to the terminal');
  });

  it('follows a message of ours from sent to delivered, and lets a cancelled one be tried again', async () => {
    const { connection, follow, socket, view } = await setup(ANN);
    connection.send(ANN.session, 'hello');
    await follow();
    expect(view.texts('.meta').join()).toContain('Sent');
    const sent = socket.heard.at(-1);
    const id = typeof sent === 'object' && sent !== null && 'id' in sent ? sent.id : undefined;
    socket.say({ type: 'receipt', from: 'B=', session: ANN.session, ids: [id] });
    await follow();
    expect(view.texts('.meta').join()).toContain('Delivered');

    socket.beginToClose();
    connection.send(ANN.session, 'too late');
    await follow();
    expect(view.texts('.meta').at(-1)).toContain('Queued');
    await view.press('Cancel');
    await follow();
    expect(view.texts('.meta').at(-1)).toContain('Cancelled');
    await view.press('Try again');
    await follow();
    expect(view.texts('.meta').at(-1)).toContain('Queued');
  });

  it('marks what was unread when it was opened, and nothing that comes while one looks', async () => {
    const { connection, follow, socket, view } = await setup(TERMINAL);
    socket.say(message(ANN, 'one'));
    socket.say(message(ANN, 'two'));
    connection.select(ANN.session);
    await follow();
    socket.say(message(ANN, 'three'));
    await follow();
    expect(view.texts('li.new, li .text')).toEqual(['New messages', 'one', 'two', 'three']);
  });

  it('takes the focus when it opens, and not again when a message comes', async () => {
    const { follow, socket, view } = await setup(ANN);
    expect(document.activeElement).toBe(view.find('h2'));
    view.find('textarea').focus();
    socket.say(message(ANN, 'hello'));
    await follow();
    expect(document.activeElement).toBe(view.find('textarea'));
  });

  it('leads from a message to its frames, and shows one that is asked for', async () => {
    const { follow, socket, view } = await setup(ANN);
    const said = ['one', 'two'].map((text) => message(ANN, text));
    for (const frame of said) socket.say(frame);
    await follow();
    const reveal = TestBed.inject(Reveal);
    await view.click('app-message-actions button:last-child');
    const place = { seat: FIRST_SEAT, session: ANN.session, messageId: said[1]?.id ?? '' };
    expect(reveal.frames()).toEqual(place);

    for (const other of [{ seat: 'another' }, { session: 'another' }]) {
      reveal.showMessage({ ...place, ...other });
      await view.settled();
      expect(view.texts('.revealed')).toEqual([]);
    }
    reveal.showMessage(place);
    await view.settled();
    expect(view.texts('.revealed .text')).toEqual(['two']);
    expect(reveal.message()).toBeUndefined();
  });

  it('can be closed', async () => {
    const { view } = await setup(ANN);
    let closed = 0;
    view.fixture.componentInstance.closed.subscribe(() => closed++);
    expect(view.find('.back').getAttribute('aria-label')).toBe('Close the conversation');
    await view.press('Close');
    expect(closed).toBe(1);
  });
});
