import { until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { PlaceButton } from './place-button.ts';

describe('PlaceButton', () => {
  it('says in which room we are, and asks for another when it is pressed', async () => {
    const view = await show(PlaceButton, { room: 'blue', name: 'Ann' });
    expect(view.host.querySelector('input')).toBeNull();
    expect(view.texts('button')[0]).toBe('room blue: change room or name');
    await view.click('button');
    expect(view.find('[popover]').matches(':popover-open')).toBeTrue();
    await until(() => view.host.querySelector('input') !== null);
    expect([...view.host.querySelectorAll('input')].map(({ value }) => value)).toEqual(['blue', 'Ann']);
  });
});
