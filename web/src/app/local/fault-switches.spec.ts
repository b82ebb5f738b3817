import { surroundWithRunner } from '../../testing/runner.ts';
import { show } from '../../testing/view.ts';
import { FAULTS } from './faults.ts';
import { FaultSwitches } from './fault-switches.ts';

async function setup() {
  const around = surroundWithRunner();
  const view = await show(FaultSwitches);
  const stream = await around.listened();
  const settled = async () => {
    await around.faults.heard();
    await view.settled();
  };
  await settled();
  const row = (name: string): HTMLElement => {
    const found = [...view.host.querySelectorAll('li')].find((one) => one.textContent.includes(name));
    if (!found) throw new Error(`There is no fault ${name}.`);
    return found;
  };
  const find = (name: string, selector: string): HTMLInputElement => {
    const found = row(name).querySelector<HTMLInputElement>(selector);
    if (!found) throw new Error(`${name} has no ${selector}.`);
    return found;
  };
  const move = async (name: string, value: number, event: 'input' | 'change') => {
    const slider = find(name, '[type=range]');
    slider.valueAsNumber = value;
    slider.dispatchEvent(new Event(event));
    await settled();
  };
  const toggle = async (name: string) => {
    find(name, '[role=switch]').click();
    await settled();
  };
  return { ...around, find, move, row, settled, stream, toggle, view };
}

describe('FaultSwitches', () => {
  it('has a switch with a name, a sentence and a strength for every fault', async () => {
    const { view } = await setup();
    const switches = [...view.host.querySelectorAll<HTMLInputElement>('[role=switch]')];
    expect(switches.length).toBe(FAULTS.length);
    for (const one of switches) {
      const explanation = view.find(`#${one.getAttribute('aria-describedby') ?? ''}`);
      expect(explanation.textContent.length).toBeGreaterThan(15);
      expect(one.labels?.[0]?.textContent.trim()).not.toBe('');
      expect(one.checked).toBeFalse();
    }
    expect(view.host.querySelectorAll('[type=range]').length).toBe(FAULTS.length);
  });

  it('switches a fault on with what its slider stands at, and off', async () => {
    const { faults, move, toggle } = await setup();
    await move('Drop connections', 0.45, 'input');
    await move('Drop connections', 0.45, 'change');
    expect(faults.asked).toEqual([['_local/faults']]);
    await toggle('Drop connections');
    expect(faults.asked.at(-1)).toEqual(['_local/faults', { drop: 0.45 }]);
    await toggle('Drop connections');
    expect(faults.asked.at(-1)).toEqual(['_local/faults', { drop: 0 }]);
  });

  it('changes a fault that is on when its slider is let go, and not while it moves', async () => {
    const { faults, find, move, row, toggle } = await setup();
    await toggle('Delay');
    await move('Delay', 1250, 'input');
    expect(faults.asked.at(-1)).toEqual(['_local/faults', { delayMs: 500 }]);
    expect(row('Delay').textContent).toContain('1.3 s');
    expect(find('Delay', '[type=range]').getAttribute('aria-valuetext')).toBe('1.3 s');
    await move('Delay', 1250, 'change');
    expect(faults.asked.at(-1)).toEqual(['_local/faults', { delayMs: 1250 }]);
  });

  it('shows what somebody else has switched', async () => {
    const { find, row, stream, view } = await setup();
    stream.tell('faults', { duplicate: 0.6 });
    await view.settled();
    expect(find('Duplicate', '[role=switch]').checked).toBeTrue();
    expect(row('Duplicate').textContent).toContain('60%');
  });

  it('switches all off, when any is on', async () => {
    const { faults, settled, toggle, view } = await setup();
    expect(view.find('button').hasAttribute('disabled')).toBeTrue();
    await toggle('No answer');
    await view.press('All off');
    await settled();
    expect(faults.asked.at(-1)?.[1]).toEqual(jasmine.objectContaining({ hang: 0, drop: 0 }));
    expect(view.host.querySelectorAll('[role=switch]:checked').length).toBe(0);
  });

  it('cuts every connection at once', async () => {
    const { faults, view } = await setup();
    await view.press('Drop every connection now');
    expect(faults.asked.at(-1)).toEqual(['_local/faults', { dropNow: true }]);
  });

  it('says when the runner did not take it, and stays as it was', async () => {
    const { faults, find, toggle, view } = await setup();
    faults.answers = false;
    await toggle('Reorder');
    expect(view.texts('[role=alert]')).toEqual(['The local runner did not take it. Is it still running?']);
    expect(find('Reorder', '[role=switch]').checked).toBeFalse();
  });
});
