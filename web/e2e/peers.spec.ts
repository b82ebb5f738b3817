import { describe, expect, it } from './fixtures.ts';

describe('two pages', () => {
  it('each show their own connectionId, and list each other within a second of joining [P20]', async ({
    join,
  }) => {
    const ann = await join('Ann');
    await expect(ann.page.getByText('Peers appear here as they join.')).toBeVisible();
    const bob = await join('Bob');
    const [annId, bobId] = [await ann.ownId(), await bob.ownId()];
    expect(annId).not.toBe(bobId);
    await expect(ann.listed('Bob')).toContainText(bobId, { timeout: 1000 });
    await expect(bob.listed('Ann')).toContainText(annId, { timeout: 1000 });
    await expect(ann.list.getByRole('button')).toHaveCount(1);
    await expect(bob.list.getByRole('button')).toHaveCount(1);
  });

  it('talk both ways, in the order of the conversation, and name the sender [P11]', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await ann.select('Bob');
    await bob.select('Ann');
    const said: string[] = [];
    for (const [speaker, hearer, text] of [
      [ann, bob, 'Hello Bob'],
      [bob, ann, 'Hello Ann'],
      [ann, bob, 'How is the weather?'],
      [ann, bob, 'Here it rains.'],
      [bob, ann, 'Here too.'],
    ] as const) {
      await speaker.send(text);
      said.push(text);
      await expect(hearer.messages).toHaveText(said);
      await expect(speaker.messages).toHaveText(said);
    }
    const lines = bob.page.getByRole('region', { name: 'Messages with Ann' }).locator('.line');
    await expect(lines.nth(0)).toContainText('Ann:');
    await expect(lines.nth(1)).toContainText('You:');
  });

  it('hear nothing of a message that is for another [P11]', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    const cleo = await join('Cleo');
    await ann.select('Bob');
    await ann.send('For Bob alone');
    await ann.select('Cleo');
    await ann.send('For Cleo alone');
    await cleo.select('Ann');
    await expect(cleo.messages).toHaveText(['For Cleo alone']);
    await bob.select('Ann');
    await expect(bob.messages).toHaveText(['For Bob alone']);
  });

  it('do not meet when they are in different rooms [P2]', async ({ join, room }) => {
    const ann = await join('Ann', { room: `${room}-a` });
    const bob = await join('Bob', { room: `${room}-b` });
    const cleo = await join('Cleo', { room: `${room}-a` });
    // Cleo came last: who is listed at her is all there is.
    await expect(cleo.listed('Ann')).toBeVisible();
    await expect(cleo.list.getByRole('button')).toHaveCount(1);
    await expect(ann.list.getByRole('button')).toHaveCount(1);
    await expect(bob.page.getByText('Peers appear here as they join.')).toBeVisible();
    await expect(bob.page.getByText(`room ${room}-b`)).toBeVisible();
  });
});

describe('a page that closes', () => {
  it("drops from the others' lists [P21]", async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await expect(ann.listed('Bob')).toBeVisible();
    await bob.page.close();
    await expect(ann.listed('Bob')).toBeHidden();
    await expect(ann.page.getByText('Peers appear here as they join.')).toBeVisible();
  });

  it('leaves its messages with whom it talked, and is marked as away: it may come back [P15]', async ({
    join,
  }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await bob.select('Ann');
    await bob.send('See you');
    await ann.select('Bob');
    await bob.page.close();
    await expect(ann.listed('Bob')).toContainText('away');
    await expect(ann.page.getByText('Bob has left.', { exact: false })).toBeVisible();
    await expect(ann.messages).toHaveText(['See you']);

    const before = ann.messageFrames().length;
    await expect(ann.page.getByRole('status', { name: 'Composer' })).toContainText('This peer is away');
    await ann.send('Are you there?');
    await expect(ann.lastLine).toContainText('Queued');
    expect(ann.messageFrames()).toHaveLength(before);
  });
});

describe('what has not been read', () => {
  it('is counted beside the peer and in the title of the window, until the conversation is opened', async ({
    join,
  }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await bob.select('Ann');
    await bob.send('one');
    await expect(ann.listed('Bob')).toContainText('1 unread');
    await bob.send('two');
    await expect(ann.listed('Bob')).toContainText('2 unread');
    await expect(ann.page).toHaveTitle('(2) hello-websocket');
    await ann.select('Bob');
    await expect(ann.messages).toHaveText(['one', 'two']);
    await expect(ann.listed('Bob')).not.toContainText('unread');
    await expect(ann.page).toHaveTitle('hello-websocket');
    // What arrives in the conversation on screen is read as it comes.
    await bob.send('three');
    await expect(ann.messages).toHaveText(['one', 'two', 'three']);
    await expect(ann.listed('Bob')).not.toContainText('unread');
  });
});
