import { TestBed } from '@angular/core/testing';
import { surround } from '../../testing/page.ts';
import { show, type View } from '../../testing/view.ts';
import { GO_TO } from './go-to.ts';
import { PlaceForm } from './place-form.ts';

async function setup(inputs: Readonly<Record<string, unknown>> = {}) {
  surround();
  const went: URL[] = [];
  TestBed.configureTestingModule({
    providers: [{ provide: GO_TO, useValue: (url: string) => went.push(new URL(url)) }],
  });
  return { went, view: await show(PlaceForm, { room: 'blue', ...inputs }) };
}
async function fill(view: View<PlaceForm>, room: string, name: string) {
  const [where, who] = view.host.querySelectorAll('input');
  if (where && who) [where.value, who.value] = [room, name];
  await view.press('Go there');
}

describe('PlaceForm', () => {
  it('[P2] goes to the address of the other room, under the name that was given', async () => {
    const { view, went } = await setup();
    await fill(view, ' red ', '蛸');
    expect(went.map(({ search }) => search)).toEqual(['?room=red&name=%E8%9B%B8']);
    await fill(view, 'red', '');
    expect(went.at(-1)?.search).toBe('?room=red');
  });

  it('[P2] goes nowhere when the room cannot be, and says why', async () => {
    const { view, went } = await setup();
    await fill(view, 'a b', '');
    expect(went).toEqual([]);
    expect(view.texts('form [role=status]')).toEqual(['room must be 1 to 64 of A-Z a-z 0-9 _ -']);
    expect(view.find('input').getAttribute('aria-invalid')).toBe('true');
  });
});
