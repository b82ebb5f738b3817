import { describe, expect, it } from './fixtures.ts';
import type { Peer } from './peer.ts';

const FRAME_LIMIT = 32_512;

/** Writes a text, and tells how many bytes the page counts then. */
async function counted({ field, page }: Peer, text: string): Promise<number> {
  const size = page.locator('app-composer .size');
  const before = await size.innerText();
  await field.fill(text);
  await expect(size).not.toHaveText(before);
  const [, count = ''] = /^([\d,]+) of 32,512 bytes$/.exec(await size.innerText()) ?? [];
  return Number(count.replaceAll(',', ''));
}

describe('the byte count', () => {
  it('lets a message of exactly the limit pass, and counts what goes over the wire [P6]', async ({
    join,
  }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await bob.select('Ann');
    await ann.select('Bob');
    const envelope = (await counted(ann, 'a')) - 1;
    const text = 'a'.repeat(FRAME_LIMIT - envelope);
    expect(await counted(ann, text)).toBe(FRAME_LIMIT);
    await ann.field.press('Enter');
    await bob.page.getByRole('button', { name: 'Show all' }).click();
    await expect(bob.messages).toHaveText([text]);
    expect(ann.messageFrames().map((frame) => Buffer.byteLength(frame))).toEqual([FRAME_LIMIT]);
    await expect(ann.status).toHaveText('Connected');
  });

  it('refuses one byte more before anything is sent, says by how much, and keeps the text [P6]', async ({
    join,
  }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await ann.select('Bob');
    const envelope = (await counted(ann, 'é')) - 2;
    // Each of these has two bytes: what counts is bytes, not characters.
    const text = 'é'.repeat(Math.floor((FRAME_LIMIT - envelope) / 2) + 1);
    const over = (await counted(ann, text)) - FRAME_LIMIT;
    expect([1, 2]).toContain(over);
    const note = ann.page.getByRole('status', { name: 'Composer' });
    await expect(note).toContainText(`Too long by ${over} bytes`);
    await ann.field.press('Enter');
    await ann.page.getByRole('button', { name: 'Send' }).click();
    await expect(ann.field).toHaveValue(text);

    // The next message is the first on the wire, and arrives alone.
    await ann.field.fill('short');
    await expect(note).toBeHidden();
    await ann.field.press('Enter');
    await bob.select('Ann');
    await expect(bob.messages).toHaveText(['short']);
    expect(ann.messageFrames()).toHaveLength(1);
    await expect(ann.status).toHaveText('Connected');
  });

  it('keeps an empty message back', async ({ join }) => {
    const ann = await join('Ann');
    await join('Bob');
    await ann.select('Bob');
    await ann.field.fill(' \n ');
    await ann.field.press('Enter');
    await expect(ann.page.getByRole('status', { name: 'Composer' })).toHaveText(
      'There is nothing to send yet.',
    );
    expect(ann.messageFrames()).toHaveLength(0);
  });
});
