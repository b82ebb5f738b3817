import { show } from '../../testing/view.ts';
import { Qr } from './qr.ts';

const LINK = 'http://192.168.1.2:4200/?room=blue#to=session-me';

describe('Qr', () => {
  it('draws a code, with the light margin that readers need', async () => {
    const view = await show(Qr, { text: LINK, label: 'The link to you' });
    const [x, y, width = 0, height] = view.find('svg').getAttribute('viewBox')?.split(' ').map(Number) ?? [];
    expect([x, y]).toEqual([-4, -4]);
    expect(width).toBe(height ?? 0);
    // A code has 21 modules and 4 more for each version.
    expect((width - 8 - 21) % 4).toBe(0);
    expect(view.find('path').getAttribute('d')?.length).toBeGreaterThan(500);
  });

  it('draws another for another text', async () => {
    const view = await show(Qr, { text: LINK, label: 'The link to you' });
    const before = view.find('path').getAttribute('d');
    await view.set({ text: LINK.replace('me', 'us') });
    expect(view.find('path').getAttribute('d')).not.toBe(before);
  });

  it('has a name, and is dark on light in every theme', async () => {
    const view = await show(Qr, { text: LINK, label: 'The link to you' });
    expect(view.find('[role=img]').getAttribute('aria-label')).toBe('The link to you');
    for (const scheme of ['light', 'dark']) {
      view.host.style.colorScheme = scheme;
      expect(getComputedStyle(view.find('rect')).fill).toBe('rgb(255, 255, 255)');
      expect(getComputedStyle(view.find('path')).fill).toBe('rgb(0, 0, 0)');
    }
  });
});
