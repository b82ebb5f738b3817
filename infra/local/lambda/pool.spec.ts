import { run, stopAll } from '../testing/running.ts';

/** Answers with what it is told, after so many milliseconds; so it is quick until it is told otherwise. */
const CODE = `export const handler = async (event) => {
  const { says, waits, loops, exits } = JSON.parse(event.body);
  if (exits) process.exit(1);
  if (loops) for (;;);
  if (waits) await new Promise((done) => setTimeout(done, waits));
  return { body: says };
};`;
const TROUBLE = '"Internal server error"';

const start = async () => {
  const { connect } = await run({
    functions: { f: { code: CODE, timeout: 3 } },
    routes: { $default: 'f' },
    twoWay: ['$default'],
  });
  const { send, next } = await connect();
  const tell = (told: object) => send(JSON.stringify(told));
  const answers = async (count: number): Promise<string[]> => {
    const all: string[] = [];
    while (all.length < count) all.push(await next());
    return all.map((text) => (text.includes(TROUBLE) ? 'trouble' : text));
  };
  /** Until all instances have been quick, so that events are given to them before they are done. */
  const makeQuick = async (): Promise<void> => {
    for (let round = 0; round < 5; round++) {
      for (let count = 0; count < 40; count++) tell({ says: 'quick' });
      await answers(40);
    }
  };
  await makeQuick();
  return { answers, tell };
};
const times = (count: number, act: () => void): void => {
  for (let index = 0; index < count; index++) act();
};

describe('the instances of a function that has been quick so far', () => {
  afterEach(stopAll);

  it('[L1] keep no event behind one that takes long while another instance is free', async () => {
    const { answers, tell } = await start();
    tell({ says: 'slow', waits: 2000 });
    times(10, () => tell({ says: 'quick' }));
    expect(await answers(11)).toEqual([...Array<string>(10).fill('quick'), 'slow']);
  });

  it('[L3] that run into their time-out take no event along that waits behind', async () => {
    const { answers, tell } = await start();
    times(2, () => tell({ says: 'never', loops: true }));
    times(10, () => tell({ says: 'quick' }));
    expect((await answers(12)).sort()).toEqual([...Array<string>(10).fill('quick'), 'trouble', 'trouble']);
  });

  it('[L4] that exit take no event along that waits behind', async () => {
    const { answers, tell } = await start();
    times(20, () => {
      tell({ says: 'never', exits: true });
      times(4, () => tell({ says: 'quick' }));
    });
    const expected = [...Array<string>(80).fill('quick'), ...Array<string>(20).fill('trouble')];
    expect((await answers(100)).sort()).toEqual(expected);
  });
});
