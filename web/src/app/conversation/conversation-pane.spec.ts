import { connected, surround } from '../../testing/page.ts';
import { left, message, peer } from '../../testing/frames.ts';
import { show } from '../../testing/view.ts';
import { ConversationPane } from './conversation-pane.ts';

const ANN = peer('B=', { name: 'Ann' });
const TERMINAL = peer('T=', { dialect: 'plain' });

async function setup(who: typeof ANN) {
  const { connection, socket } = await connected(surround(), [ANN, TERMINAL]);
  connection.select(who.session);
  const view = await show(ConversationPane, { partner: connection.selected() });
  const follow = () => view.set({ partner: connection.selected() });
  return { connection, follow, socket, view };
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

  it('takes the focus when it opens, and not again when a message comes', async () => {
    const { follow, socket, view } = await setup(ANN);
    expect(document.activeElement).toBe(view.find('h2'));
    view.find('textarea').focus();
    socket.say(message(ANN, 'hello'));
    await follow();
    expect(document.activeElement).toBe(view.find('textarea'));
  });

  it('can be closed', async () => {
    const { view } = await setup(ANN);
    let closed = 0;
    view.fixture.componentInstance.closed.subscribe(() => closed++);
    await view.press('Close the conversation');
    expect(closed).toBe(1);
  });
});
