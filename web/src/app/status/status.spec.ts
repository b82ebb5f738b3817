import { connected, type Given, surround, until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Status } from './status.ts';

const TITLE = '[role=status]';

async function setup(given: Given = {}) {
  const surroundings = surround(given);
  const view = await show(Status);
  return { ...surroundings, view };
}

describe('Status', () => {
  it('says how far it is, from the start to the welcome', async () => {
    const { network, time, view } = await setup();
    expect(view.texts(TITLE)).toEqual(['Starting']);
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
    expect(view.texts('.countdown')).toEqual(['Attempt 2 in 1 s.']);
    expect(view.host.querySelector(`${TITLE} .countdown`)).toBeNull();
    expect(view.text()).toContain('code 1001');
  });

  it('connects now when asked to', async () => {
    const { network, time, view } = await setup();
    await connected({ network, time });
    network.socket.break();
    await view.settled();
    await view.press('Reconnect now');
    expect(network.sockets.length).toBe(2);
    expect(view.texts(TITLE)).toEqual(['Reconnecting']);
    expect(view.texts('.countdown')).toEqual([]);
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
