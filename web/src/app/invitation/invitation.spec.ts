import { TestBed } from '@angular/core/testing';
import { surround, until } from '../../testing/page.ts';
import { tokenOf } from '../../testing/fake-tokens.ts';
import { show } from '../../testing/view.ts';
import { Credentials } from '../admission/credentials.ts';
import { Connection } from '../connection/connection.ts';
import { Seats } from '../seats/seats.ts';
import { Invitation } from './invitation.ts';

const PAGE = 'http://localhost:4200/?room=blue';
const invite = (inputs: Readonly<Record<string, unknown>> = {}) => {
  surround();
  return show(Invitation, { page: PAGE, ...inputs });
};

describe('Invitation', () => {
  it('opens another peer in this window', async () => {
    const view = await invite();
    await view.press('Open another peer here');
    expect(TestBed.inject(Seats).all().length).toBe(2);
  });

  it('opens this page a second time, in another window', async () => {
    const link = (await invite()).find('a');
    expect([link.href, link.target, link.rel]).toEqual([PAGE, '_blank', 'noopener']);
  });

  it('gives the lines of a terminal as one has to type them', async () => {
    const view = await invite({ url: 'ws://localhost:3001/dev', forward: 'C51DherHNjMCI3Q=' });
    expect(view.texts('.line')).toEqual([
      'npx wscat -c ws://localhost:3001/dev',
      '{"action":"sendMessageRoute", "data":"who am i"}',
      '{"action":"sendMessageRoute", "data":"Hello from a terminal", "forward":"C51DherHNjMCI3Q="}',
    ]);
  });

  it('quotes a URL that a shell would misread', async () => {
    const view = await invite({ url: 'ws://localhost:3001/dev?room=blue' });
    expect(view.texts('.line')[0]).toBe("npx wscat -c 'ws://localhost:3001/dev?room=blue'");
  });

  it("[P27] says how a terminal signs in, and shows nobody's token", async () => {
    surround({ config: JSON.stringify({ webSocketUrl: 'ws://localhost:1/dev', auth: 'jwt' }) });
    TestBed.inject(Credentials).keep('token', tokenOf({ sub: 'ann' }));
    await until(() => TestBed.inject(Connection).setup().kind === 'ready');
    const view = await show(Invitation, { page: PAGE, url: 'ws://localhost:1/dev' });
    expect(view.texts('.line')[0]).toBe(
      "npx wscat -c ws://localhost:1/dev -s hello-websocket.plain -s 'bearer.<token>'",
    );
    expect(view.texts('.brings')).toEqual(["In the place of <token> goes a token of this API's issuer."]);
  });

  it("[P28] says how a terminal brings its invitation, and shows nobody's", async () => {
    const room = `m-${'x'.repeat(43)}`;
    surround({ search: `?room=${room}` });
    TestBed.inject(Credentials).keep('invitation', 'abc');
    await until(() => TestBed.inject(Connection).setup().kind === 'ready');
    const view = await show(Invitation, { page: PAGE, url: `ws://localhost:1/dev?room=${room}` });
    expect(view.texts('.line')[0]).toBe(
      `npx wscat -c 'ws://localhost:1/dev?room=${room}' -s hello-websocket.plain -s 'invite.<invitation>'`,
    );
    expect(view.texts('.brings')[0]).toContain('what stands behind #invitation=');
  });

  it('has one copy button for each line, that says for which', async () => {
    const view = await invite({ url: 'ws://localhost:3001/dev' });
    const names = [...view.host.querySelectorAll('.steps button')].map((one) =>
      one.getAttribute('aria-label'),
    );
    expect(names).toEqual(view.texts('.line').map((line) => `Copy ${line}`));
  });

  it('speaks of no terminal before the URL is known', async () => {
    expect((await invite()).text()).not.toContain('terminal');
  });

  it('[P28] takes whoever opens a second window along into a room for members', async () => {
    surround({ search: `?room=m-${'x'.repeat(43)}` });
    TestBed.inject(Credentials).keep('invitation', 'abc');
    const view = await show(Invitation, { page: PAGE });
    expect(view.find('a').href).toBe(`${PAGE}#invitation=abc`);
    expect(view.texts('h3')).toContain('For members');
  });

  it('[P28] speaks of no members elsewhere, and hands on no invitation', async () => {
    surround();
    TestBed.inject(Credentials).keep('invitation', 'abc');
    const view = await show(Invitation, { page: PAGE });
    expect(view.find('a').href).toBe(PAGE);
    expect(view.text()).not.toContain('members');
  });

  it('[P27] asks for the token that is lacking', async () => {
    surround({ config: JSON.stringify({ webSocketUrl: 'ws://localhost:1/dev', auth: 'jwt' }) });
    const connection = TestBed.inject(Connection);
    await until(() => connection.phase().kind === 'waiting');
    const view = await show(Invitation, { page: PAGE });
    expect(view.texts('h3')[0]).toBe('Sign in');
    expect(view.find('app-token-form input').getAttribute('type')).toBe('password');
  });
});
