import { TestBed } from '@angular/core/testing';
import { tokenOf } from '../../testing/fake-tokens.ts';
import { surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Credentials } from '../admission/credentials.ts';
import { SignIn } from './sign-in.ts';

const TOKEN = tokenOf({ sub: 'ann@example.com', exp: 1_800_000_000 });

async function setup(token?: string) {
  surround();
  const credentials = TestBed.inject(Credentials);
  if (token !== undefined) credentials.keep('token', token);
  return { credentials, view: await show(SignIn) };
}

describe('SignIn', () => {
  it('[P27] keeps the token that it is given, and shows as whom one has signed in and until when', async () => {
    const { credentials, view } = await setup();
    expect(view.texts('button.who')).toEqual(['Sign in']);
    await view.click('button.who');
    view.find('input').value = ` ${TOKEN} `;
    await view.click('app-token-form button');
    expect(credentials.token()).toBe(TOKEN);
    expect(view.texts('button.who')).toEqual(['Signed in as ann@example.com']);
    expect(view.text()).toMatch(/good until Jan 1[45], 2027/);
    expect(view.find('[popover]').matches(':popover-open')).toBeFalse();
    expect(view.find('input').value).toBe('');
    expect(view.host.innerHTML).withContext('nobody reads it there').not.toContain(TOKEN);
  });

  it('keeps nothing that is no token, and says so', async () => {
    const { credentials, view } = await setup();
    view.find('input').value = 'hello';
    await view.click('app-token-form button');
    expect(credentials.token()).toBeUndefined();
    expect(view.texts('[role=status]')).toEqual([
      'This is no JSON Web Token: three parts with points between.',
    ]);
    expect(view.find('input').getAttribute('aria-invalid')).toBe('true');
  });

  it('signs out', async () => {
    const { credentials, view } = await setup(TOKEN);
    await view.press('Sign out');
    expect(credentials.token()).toBeUndefined();
    expect(view.texts('button.who')).toEqual(['Sign in']);
  });

  it('says nothing of an end that the token does not name', async () => {
    const { view } = await setup(tokenOf({ sub: 'ann' }));
    expect(view.text()).not.toContain('good until');
  });
});
