import { TestBed } from '@angular/core/testing';
import { message, peer } from '../../testing/frames.ts';
import { connected, until } from '../../testing/page.ts';
import { surroundWithRunner } from '../../testing/runner.ts';
import { show } from '../../testing/view.ts';
import { WireLog } from '../wire/wire-log.ts';
import { CHANGE_MS, HopList } from './hop-list.ts';

const ANN = peer('ann=', { name: 'Ann' });

async function setup() {
  const around = surroundWithRunner();
  const view = await show(HopList);
  const stream = await around.listened();
  const { connection, socket } = await connected(around, [ANN]);
  const settled = async () => {
    const { time } = around;
    await new Promise(requestAnimationFrame);
    await view.settled();
    time.pass(CHANGE_MS);
    await view.settled();
  };
  await settled();
  const log = TestBed.inject(WireLog);
  const sent = () => log.entries.findLast(({ direction }) => direction === 'out');
  /** Tells of the frame of this page that is the `frame`th of its connection. */
  const follow = (frame: number, requestId: string) => {
    const at = sent()?.at ?? 0;
    const step = { requestId, at };
    stream.tell('received', { ...step, connectionId: 'me=', route: 'send', frame, bytes: 99 });
    stream.tell('started', { ...step, at: at + 1, function: 'onmessage', cold: false, waitedMs: 0 });
    stream.tell('called', {
      ...{ ...step, at: at + 2, service: '@connections', operation: 'POST', connectionId: 'ann=' },
      ...{ status: 200, ms: 2 },
    });
    stream.tell('sent', { ...step, at: at + 3, connectionId: 'ann=', frame: 1, bytes: 120 });
    stream.tell('invocation', { ...step, function: 'onmessage', ms: 5, outcome: 'answered' });
  };
  return { ...around, connection, follow, log, sent, settled, socket, stream, view };
}

describe('HopList', () => {
  it('says that it waits for the runner, and for a frame', async () => {
    surroundWithRunner();
    const view = await show(HopList);
    expect(view.text()).toContain('does not answer just now');
  });

  it('shows the way of the newest frame as a list, hop by hop with durations', async () => {
    const { connection, follow, settled, view } = await setup();
    connection.send(ANN.session, 'Hi');
    follow(2, 'r1');
    await settled();
    expect(view.texts('ol > li')).toEqual([
      jasmine.stringMatching(/^Page to gateway 99 bytes < 1 ms$/),
      'Gateway route send 1.0 ms',
      'Function onmessage, warm 4.0 ms',
      'Post Ann 2.0 ms',
      'Gateway to page Ann, 120 bytes, in another window',
    ]);
    expect(view.texts('.total')).toEqual(['5.0 ms in all']);
  });

  it('shows how long the hops are, where they stand in the whole', async () => {
    const { connection, follow, settled, view } = await setup();
    connection.send(ANN.session, 'Hi');
    follow(2, 'r1');
    await settled();
    const bars = [...view.host.querySelectorAll<HTMLElement>('.bar')].map(({ style }) => style.cssText);
    expect(bars[2]).toBe('--start: 20%; --length: 80%;');
  });

  it('shows when a frame came to this window, from the frame that was sent on account of it', async () => {
    const { follow, log, settled, socket, stream, view } = await setup();
    socket.say(message(ANN, 'Hello'));
    const arrived = log.entries.at(-1);
    const at = (arrived?.at ?? 0) - 4;
    const step = { requestId: 'r2', at };
    stream.tell('received', { ...step, connectionId: 'ann=', route: 'send', frame: 9, bytes: 80 });
    stream.tell('sent', { ...step, at: at + 1, connectionId: 'me=', frame: 2, bytes: 90 });
    await settled();
    expect(view.texts('ol > li').at(-1)).toBe('Gateway to page me=, 90 bytes 3.0 ms');
    follow(1, 'r3');
    await settled();
    expect(view.texts('ol > li').at(-1)).toBe('Gateway to page me=, 90 bytes 3.0 ms');
  });

  it('shows the frame that somebody has chosen, whatever comes later', async () => {
    const { connection, follow, sent, settled, view } = await setup();
    connection.send(ANN.session, 'one');
    const chosen = sent();
    follow(2, 'r1');
    connection.send(ANN.session, 'two');
    await settled();
    expect(view.text()).toContain('has told nothing of this frame');
    await view.set({ entry: chosen });
    expect(view.texts('ol > li').length).toBe(5);
  });

  it('does not change with what keeps a conversation going', async () => {
    const { connection, follow, settled, socket, view } = await setup();
    connection.send(ANN.session, 'Hi');
    follow(2, 'r1');
    socket.say({ type: 'receipt', from: ANN.connectionId, session: ANN.session, ids: ['m'] });
    await settled();
    expect(view.texts('ol > li').length).toBe(5);
  });

  it('says when the runner has gone', async () => {
    const { stream, view } = await setup();
    stream.lose();
    await view.settled();
    await until(() => view.text().includes('does not answer just now'));
    expect(view.texts('ol')).toEqual([]);
  });
});
