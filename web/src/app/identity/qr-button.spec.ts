import { show } from '../../testing/view.ts';
import { until } from '../../testing/page.ts';
import { QrButton } from './qr-button.ts';

describe('QrButton', () => {
  it('shows the code and the link when it is pressed, and loads nothing before', async () => {
    const view = await show(QrButton, { link: 'http://host/#to=me' });
    expect(view.find('[popover]').matches(':popover-open')).toBeFalse();
    expect(view.host.querySelector('app-qr')).toBeNull();
    await view.press('Show the link to you as a QR code');
    expect(view.find('[popover]').matches(':popover-open')).toBeTrue();
    await until(() => view.host.querySelector('app-qr') !== null);
    expect(view.texts('code')).toEqual(['http://host/#to=me']);
  });

  it('[P28] shows the invitation of a link in the code alone, where nobody reads it by the way', async () => {
    const view = await show(QrButton, { link: 'http://host/#to=me&invitation=abc' });
    expect(view.texts('code')).toEqual(['http://host/#to=me&invitation=…']);
  });

  it('shows one code for each seat', async () => {
    const [one, other] = [await show(QrButton, { link: 'a' }), await show(QrButton, { link: 'b' })];
    await other.press('Show');
    expect(one.find('[popover]').matches(':popover-open')).toBeFalse();
    expect(other.find('[popover]').matches(':popover-open')).toBeTrue();
  });
});
