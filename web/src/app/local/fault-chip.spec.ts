import { surroundWithRunner } from '../../testing/runner.ts';
import { show } from '../../testing/view.ts';
import { FaultChip } from './fault-chip.ts';

describe('FaultChip', () => {
  it('is nothing while all is well, and names what goes wrong on purpose', async () => {
    const { listened } = surroundWithRunner();
    const view = await show(FaultChip);
    const stream = await listened();
    await view.settled();
    expect(view.text()).toBe('');
    stream.tell('faults', { drop: 0.1, delayMs: 200 });
    await view.settled();
    expect(view.texts('[role=status]')).toEqual(['Faults on: Drop connections, Delay']);
  });

  it('switches all of it off', async () => {
    const { faults, listened } = surroundWithRunner();
    faults.settings = { hang: 1 };
    const view = await show(FaultChip);
    await listened();
    await view.settled();
    await view.press('All off');
    await faults.heard();
    await view.settled();
    expect(faults.asked.at(-1)?.[1]).toEqual(jasmine.objectContaining({ hang: 0 }));
    expect(view.text()).toBe('');
  });
});
