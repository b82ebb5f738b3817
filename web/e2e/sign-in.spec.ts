import { expectAccessible, expectCoveredAccessible } from './accessibility.ts';
import { describe, expect, it } from './fixtures.ts';
import { SignedStack } from './signed-stack.ts';

describe('where people have to sign in', () => {
  let signed: SignedStack;
  it.beforeAll(async () => {
    it.setTimeout(180_000);
    signed = await SignedStack.start();
  });
  it.afterAll(() => signed.stop());

  it('a page connects with a token, given by hand or by a link, and the others see whose it is [P27]', async ({
    open,
  }) => {
    const ann = await open({ page: signed.page });
    await expect(ann.status).toHaveText('Sign in first');
    const field = ann.page.locator('app-invitation').getByLabel('Token', { exact: true });
    await field.fill(signed.issuer.token({ sub: 'ann@example.com', exp: 1 }));
    await field.press('Enter');
    await expect(ann.status).toHaveText('The token has ended');
    await field.fill(signed.issuer.token({ sub: 'ann@example.com' }));
    await field.press('Enter');
    await ann.connected();
    await expect(ann.page.getByRole('button', { name: 'Signed in as ann@example.com' })).toBeVisible();

    const ben = await open({ page: signed.page });
    await ben.page.evaluate(
      (token) => (location.hash = `token=${token}`),
      signed.issuer.token({ sub: 'ben' }),
    );
    await ben.connected();
    expect(ben.page.url()).not.toContain('token');
    await expect(ann.list.getByRole('button')).toContainText('signed in as ben');
    await ben.list.getByRole('button').click();
    await expect(ben.page.getByText('Signed in as ann@example.com', { exact: true })).toBeVisible();

    await ann.page.reload();
    await ann.connected();
    await ann.page.getByRole('button', { name: 'Signed in as ann@example.com' }).click();
    await ann.page.getByRole('button', { name: 'Sign out' }).click();
    await expect(ann.status).toHaveText('Sign in first');
  });

  describe('and a token is not taken', () => {
    it.use({ tolerated: /WebSocket connection to .* failed/ });

    it('the page says what may be wrong with it, and shows it to nobody [P27]', async ({ open }) => {
      const eve = await open({ page: signed.page });
      const token = signed.issuer.forged();
      const field = eve.page.locator('app-invitation').getByLabel('Token', { exact: true });
      await field.fill(token);
      await field.press('Enter');
      await expect(eve.page.getByText('is the token one of this API’s issuer')).toBeVisible();
      expect(await eve.page.content()).not.toContain(token.slice(-40));
      expect(eve.troubles.join(' ')).not.toContain(token.slice(-40));
    });
  });

  it('axe finds nothing to mend', async ({ open }) => {
    it.setTimeout(240_000);
    const ann = await open({ page: signed.page });
    await expect(ann.status).toHaveText('Sign in first');
    await expectAccessible(ann.page);
    await ann.page.evaluate((token) => (location.hash = `token=${token}`), signed.issuer.token({ exp: 4e9 }));
    await ann.connected();
    await ann.page.getByRole('button', { name: 'Signed in as ann' }).click();
    await expectCoveredAccessible(ann.page);
  });
});
