import { show } from '../../testing/view.ts';
import { PeerMark } from './peer-mark.ts';

const picture = async (session: string) => {
  const view = await show(PeerMark, { session });
  return view.host.innerHTML;
};

describe('PeerMark', () => {
  it('draws the same picture for the same session, and others for others', async () => {
    expect(await picture('alpha')).toBe(await picture('alpha'));
    expect(await picture('alpha')).not.toBe(await picture('beta'));
  });

  it('is not read out', async () => {
    const view = await show(PeerMark, { session: 'alpha' });
    expect(view.host.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('draws the left half and the right half alike', async () => {
    const view = await show(PeerMark, { session: 'alpha' });
    const cells =
      view.host
        .querySelector('path')
        ?.getAttribute('d')
        ?.match(/M\d \d/g) ?? [];
    const mirrored = cells.map((cell) => cell.replace(/M(\d)/, (_, x: string) => `M${4 - Number(x)}`));
    expect(cells.length).toBeGreaterThan(0);
    expect([...mirrored].sort()).toEqual([...cells].sort());
  });
});
