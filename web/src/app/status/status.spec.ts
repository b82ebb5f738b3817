import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Subject } from 'rxjs';
import { connected, type Given, surround, until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { FETCH } from '../connection/tokens.ts';
import { Status } from './status.ts';

const TITLE = '[role=status]';

async function setup(given: Given = {}) {
  const surroundings = surround(given);
  const view = await show(Status);
  return { ...surroundings, view };
}

describe('Status', () => {
  it('says how far it is, from the start to the welcome', async () => {
    const answer = new Subject<Response>();
    const { network, time } = surround();
    TestBed.configureTestingModule({
      providers: [{ provide: FETCH, useValue: () => firstValueFrom(answer) }],
    });
    const view = await show(Status);
    expect(view.texts(TITLE)).toEqual(['Starting']);
    answer.next(new Response(JSON.stringify({ webSocketUrl: 'ws://localhost:3001/dev' })));
    await until(() => network.sockets.length > 0);
    await view.settled();
    expect(view.texts(TITLE)).toEqual(['Connecting']);
    await connected({ network, time });
    await view.settled();
    expect(view.texts(TITLE)).toEqual(['Connected']);
  });

  it('counts down to the next attempt, in a place that is not read out each second', async () => {
    const { network, time, view } = await setup();
    await connected({ network, time });
    network.socket.hangUp(1001, 'Going away');
    await view.settled();
    time.pass(0);
    await view.settled();
    expect(view.texts(TITLE)).toEqual(['Reconnecting']);
    expect(view.texts('.clock')).toEqual(['Attempt 2 in 1 s.']);
    expect(view.host.querySelector(`${TITLE} .clock`)).toBeNull();
    expect(view.text()).toContain('code 1001');
  });

  it('says for how long it is connected, and what is left of the time that API Gateway grants', async () => {
    const { network, time, view } = await setup();
    await connected({ network, time });
    time.pass(185_000);
    await view.settled();
    expect(view.texts('.clock')).toEqual(['for 3:05', '1:56:55 left of API Gateway’s 2:00:00']);
  });

  it('[Q7] says which limit of API Gateway has ended the connection', async () => {
    const config = JSON.stringify({ webSocketUrl: 'ws://localhost:3001/dev', idleTimeoutMs: 5000 });
    const { network, time, view } = await setup({ config });
    await connected({ network, time });
    // The page was frozen, and has not said that it is there.
    time.frame += 5000;
    network.socket.hangUp(1001, 'Going away');
    await view.settled();
    expect(view.text()).toContain('API Gateway closed it: idle for 5 seconds (code 1001, Going away).');
  });

  it('connects now when asked to', async () => {
    const { network, time, view } = await setup();
    await connected({ network, time });
    network.socket.break();
    await view.settled();
    await view.press('Reconnect now');
    expect(network.sockets.length).toBe(2);
    expect(view.texts(TITLE)).toEqual(['Reconnecting']);
    expect(view.texts('.clock')).toEqual([]);
  });

  it('leaves the room when asked to, and comes back', async () => {
    const { network, time, view } = await setup();
    await connected({ network, time });
    await view.settled();
    const button = view.find('button');
    button.focus();
    await view.press('Disconnect');
    expect(view.texts(TITLE)).toEqual(['Disconnected']);
    await view.press('Connect');
    expect(network.live).toBe(1);
    await view.press('Cancel');
    expect(network.live).toBe(0);
    expect(document.activeElement).withContext('who pressed it keeps the focus').toBe(button);
  });

  it('says what to check after the third handshake that failed', async () => {
    const { network, view } = await setup();
    await until(() => network.sockets.length > 0);
    for (let attempt = 1; attempt <= 3; attempt++) {
      network.socket.refuse();
      await view.settled();
      if (attempt < 3) await view.press('Reconnect now');
    }
    expect(view.texts(TITLE)).toEqual(['Cannot connect']);
    expect(view.texts('li').length).toBe(3);
  });

  it('describes a missing config.json instead of showing nothing', async () => {
    const { view } = await setup({ config: '' });
    await until(() => view.texts(TITLE)[0] !== 'Starting');
    expect(view.texts(TITLE)).toEqual(['Cannot read config.json']);
    expect(view.text()).toContain('status 404');
    expect(view.texts('button')).toEqual(['Try again']);
  });
});
