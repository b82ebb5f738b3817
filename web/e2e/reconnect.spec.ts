import { describe, expect, it } from './fixtures.ts';
import { disconnect } from './gateway-api.ts';

/** The longest pauses, so that there is time to read what the page says. */
const PATIENT = { chance: 0.999 };
/** The shortest pauses. */
const EAGER = { chance: 0 };

describe('the page', () => {
  it('comes back by itself after a clean close, says what happened, and is listed under its new id', async ({
    join,
    stack,
  }) => {
    const ann = await join('Ann', PATIENT);
    const bob = await join('Bob');
    const [annId, bobId] = [await ann.ownId(), await bob.ownId()];
    await expect(bob.listed('Ann')).toContainText(annId);

    await disconnect(stack.management, annId);
    await expect(ann.status).toHaveText('Reconnecting');
    await expect(
      ann.page.locator('app-status').getByText(/closed in good order.* \(code 1000/),
    ).toBeVisible();
    await expect(ann.page.getByText(/Attempt 2 in \d s\./)).toBeVisible();
    await expect(bob.listed('Ann')).toBeHidden();
    // What is shown meanwhile is said to be old.
    await expect(ann.page.getByText('It was yours; the next connection brings a new one.')).toBeVisible();
    await expect(ann.page.getByText('As they were when the connection ended.')).toBeVisible();

    await ann.connected();
    const newId = await ann.ownId();
    expect(newId).not.toBe(annId);
    await expect(bob.listed('Ann')).toContainText(newId);
    await expect(bob.list.getByRole('button')).toHaveCount(1);
    await expect(ann.listed('Bob')).toContainText(bobId);

    await bob.select('Ann');
    await bob.send('Welcome back');
    await ann.select('Bob');
    await expect(ann.messages).toHaveText(['Welcome back']);
  });

  describe('whose connection breaks off', () => {
    it.use({ tolerated: /WebSocket connection to .* failed/ });

    it('says so, comes back, and keeps what was said and written', async ({ cable, join }) => {
      const ann = await join('Ann', { ...PATIENT, webSocket: cable.url });
      const bob = await join('Bob');
      await ann.select('Bob');
      await ann.send('Before the storm');
      const annId = await ann.ownId();

      cable.cut();
      await expect(ann.status).toHaveText('Reconnecting');
      await expect(
        ann.page.getByText(/The connection broke off without a goodbye.* \(code 1006\)\./),
      ).toBeVisible();
      await expect(bob.listed('Ann')).toContainText('away');
      await expect(ann.page.getByRole('status', { name: 'Composer' })).toContainText('Not connected');
      await ann.send('In the storm');
      await expect(ann.lastLine).toContainText('Queued');

      cable.mend();
      await ann.page.getByRole('button', { name: 'Reconnect now' }).click();
      await ann.connected();
      const newId = await ann.ownId();
      expect(newId).not.toBe(annId);
      await expect(bob.listed('Ann')).not.toContainText('away');
      await expect(ann.messages).toHaveText(['Before the storm', 'In the storm']);
      await expect(ann.lastLine).toContainText('Delivered');
      await bob.select('Ann');
      await expect(bob.page.locator('app-conversation-pane')).toContainText(newId);
      // To Bob, Ann is who she was: the conversation goes on [P15].
      await expect(bob.messages).toHaveText(['Before the storm', 'In the storm']);
      await expect(bob.list.getByRole('button')).toHaveCount(1);
    });

    it('and stays broken goes on trying, and comes back once it is mended', async ({ cable, join }) => {
      const ann = await join('Ann', { ...EAGER, webSocket: cable.url });
      cable.cut();
      await expect(ann.page.getByText(/Attempt [3-9] in \d+ s\./)).toBeVisible();
      cable.mend();
      await ann.connected();
    });
  });

  describe('for whom nothing listens', () => {
    it.use({ tolerated: /WebSocket connection to .* failed/ });

    it('says after several attempts what it can be, and connects when somebody listens', async ({
      cable,
      open,
    }) => {
      await cable.unplug();
      const ann = await open({ ...EAGER, webSocket: cable.url });
      await expect(ann.status).toHaveText('Cannot connect');
      await expect(ann.page.getByText(/handshakes in a row failed/)).toBeVisible();
      await expect(ann.page.getByText('is the local runner still running?', { exact: false })).toBeVisible();
      await expect(ann.page.getByText('an API and a stage that exist?', { exact: false })).toBeVisible();
      await expect(ann.page.getByText('a proxy, a VPN or a firewall', { exact: false })).toBeVisible();
      await cable.plugIn();
      await ann.connected();
      await expect(ann.page.getByText(/handshakes in a row failed/)).toBeHidden();
    });
  });

  it('stays away when its user disconnected, until they connect', async ({ join }) => {
    const ann = await join('Ann', EAGER);
    const bob = await join('Bob');
    await ann.page.getByRole('button', { name: 'Disconnect' }).click();
    await expect(ann.status).toHaveText('Disconnected');
    await expect(ann.page.getByText('You left the room.')).toBeVisible();
    await expect(bob.listed('Ann')).toBeHidden();
    await ann.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await ann.connected();
    await expect(bob.listed('Ann')).toContainText(await ann.ownId());
  });
});
