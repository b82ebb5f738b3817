import type { FaultSettings } from '../local/gateway/fault-settings.ts';
import { cuttableSockets, type Page } from './page.ts';
import { newRoom, stageForSuite } from './stage.ts';
import { until } from './until.ts';
import { visitors } from './visitors.ts';

describe("The page's client in a room", () => {
  const stage = stageForSuite();
  const { openPage, openTerminal } = visitors(stage);

  /** Pages that list each other. */
  async function openPages(room: string, ...names: readonly string[]): Promise<Page[]> {
    const pages = names.map((name) => openPage(room, name));
    for (const page of pages) await page.connected();
    for (const page of pages) await page.lists(...idsOf(pages.filter((other) => other !== page)));
    return pages;
  }
  async function openPair(): Promise<readonly [Page, Page, string]> {
    const room = newRoom();
    const [ann, ben] = await openPages(room, 'Ann', 'Ben');
    if (ann === undefined || ben === undefined) throw new Error('two pages were asked for');
    return [ann, ben, room];
  }
  /** Asks the runner of itself, or changes it. */
  const local = async (what: string, change?: Partial<FaultSettings>): Promise<string> => {
    const url = `http://localhost:${stage().runner.port}/_local/${what}`;
    const response = await fetch(url, change && { method: 'POST', body: JSON.stringify(change) });
    return response.text();
  };
  const idsOf = (pages: readonly Page[]): string[] => pages.map(({ id }) => id);

  describe('presence', () => {
    it('lists nobody in a room of its own, and says so at once [P7] [P8]', async () => {
      const page = openPage(newRoom(), 'Ann');
      await page.connected();
      const [first] = page.frames;
      expect(first).toEqual(
        jasmine.objectContaining({ type: 'welcome', connectionId: page.id, peers: [], page: 1, pages: 1 }),
      );
      expect(page.present).toEqual([]);
    });

    it('lists who is there and who comes, within a second, by name [P9] [P20]', async () => {
      const room = newRoom();
      const ann = openPage(room, 'Ann');
      await ann.connected();
      const ben = openPage(room, 'Ben');
      await ben.connected();
      const welcomedAt = performance.now();
      await ben.lists(ann.id);
      await ann.lists(ben.id);
      expect(performance.now() - welcomedAt).toBeLessThan(1000);

      expect(ann.frames.find(({ type }) => type === 'joined')).toEqual({
        type: 'joined',
        peer: {
          connectionId: ben.id,
          session: ben.session,
          name: 'Ben',
          dialect: 'v1',
          connectedAt: ben.client.state.me?.connectedAt ?? NaN,
        },
      });
    });

    it('lists each other, 20 times out of 20, when two join at once [P20] [P22]', async () => {
      for (let time = 0; time < 20; time++) {
        const [ann, ben] = await openPair();
        expect([ann.present, ben.present]).toEqual([[ben.id], [ann.id]]);
        ann.client.close();
        ben.client.close();
      }
    });

    it('lists five that join at once', async () => {
      const pages = await openPages(newRoom(), 'Ann', 'Ben', 'Cid', 'Dee', 'Eve');
      expect(new Set(idsOf(pages)).size).toBe(5);
    });

    it('drops who is cut off without a close frame [P21]', async () => {
      const room = newRoom();
      const ann = openPage(room, 'Ann');
      await ann.connected();
      const sockets = cuttableSockets();
      const ben = openPage(room, 'Ben', sockets);
      const id = await ben.connected();
      await ann.lists(id);
      sockets.cut();
      ben.client.close();
      await ann.lists();
      expect(ann.frames.at(-1)).toEqual({ type: 'left', connectionId: id });
    });

    it('drops who closes, and keeps who stays [P21]', async () => {
      const [ann, ben, cid] = await openPages(newRoom(), 'Ann', 'Ben', 'Cid');
      ben?.client.close();
      await ann?.lists(cid?.id ?? '');
      await cid?.lists(ann?.id ?? '');
      const left = { type: 'left', connectionId: ben?.id ?? '' } as const;
      expect(ann?.frames.filter(({ type }) => type === 'left')).toEqual([left]);
      expect(cid?.frames.filter(({ type }) => type === 'left')).toEqual([left]);
    });

    it('is asked with ping who is listed, and told with pong [P13]', async () => {
      const [ann, ben] = await openPair();
      ann.client.wake();
      expect(await ann.frame(({ type }) => type === 'pong')).toEqual({
        type: 'pong',
        id: jasmine.any(String),
        listed: jasmine.arrayWithExactContents([ann.id, ben.id]),
      });
      expect(ann.present).toEqual([ben.id]);
    });

    it('keeps rooms apart [P2]', async () => {
      const [ann, ben] = await openPair();
      const [cid, dee] = await openPair();
      expect([ann.present, ben.present, cid.present, dee.present]).toEqual([
        [ben.id],
        [ann.id],
        [dee.id],
        [cid.id],
      ]);
    });
  });

  describe('messages', () => {
    it('go both ways, and every one is shown as its sender wrote it [P10] [P11] [P12]', async () => {
      const [ann, ben] = await openPair();
      ann.send(ben.session, 'Hello Ben');
      expect(await ben.hears(ann.session, 1)).toEqual(['Hello Ben']);
      ben.send(ann.session, '  Hello "Ann" — 蛸壺 🐙\n\ttwo lines  ');
      expect(await ann.hears(ben.session, 1)).toEqual(['  Hello "Ann" — 蛸壺 🐙\n\ttwo lines  ']);

      const message = await ben.frame(({ type }) => type === 'message');
      expect(message).toEqual(
        jasmine.objectContaining({ from: ann.id, session: ann.session, seq: 0, base: 0, data: 'Hello Ben' }),
      );
      expect(ann.client.state.notices).toEqual([]);
    });

    it('arrive in the order sent when each waits for the one before', async () => {
      const [ann, ben] = await openPair();
      for (let turn = 0; turn < 20; turn++) {
        ann.send(ben.session, `to Ben ${turn}`);
        await ben.hears(ann.session, turn + 1);
        ben.send(ann.session, `to Ann ${turn}`);
        await ann.hears(ben.session, turn + 1);
      }
      const turns = [...Array(20).keys()];
      expect(ben.textsFrom(ann.session)).toEqual(turns.map((turn) => `to Ben ${turn}`));
      expect(ann.textsFrom(ben.session)).toEqual(turns.map((turn) => `to Ann ${turn}`));
    });

    it('arrive each once and in order in a burst of 200, though functions run concurrently [P12]', async () => {
      const [ann, ben] = await openPair();
      const texts = [...Array(200).keys()].map((number) => `number ${number}`);
      for (const text of texts) ann.send(ben.session, text);
      expect(await ben.hears(ann.session, texts.length)).toEqual(texts);
      const seqs = ben.frames.flatMap((frame) => (frame.type === 'message' ? [frame.seq ?? NaN] : []));
      expect([...new Set(seqs)].toSorted((a, b) => a - b)).toEqual([...texts.keys()]);
      expect(ann.client.state.notices).toEqual([]);
    });

    it('as long as the page lets through arrive, and a longer one is refused before it is sent [P6]', async () => {
      const [ann, ben] = await openPair();
      const room = 32_512 - ann.client.measure(ben.session, '');
      expect(ann.client.send(ben.session, 'x'.repeat(room + 1))).toBe('too-large');
      ann.send(ben.session, 'x'.repeat(room));
      const [text] = await ben.hears(ann.session, 1);
      expect(text?.length).toBe(room);
    });

    it('to one that has just gone are refused by the server, and wait for it to come back [P11] [P40]', async () => {
      const room = newRoom();
      const ann = openPage(room, 'Ann');
      await ann.connected();
      const { WebSocket, cut } = cuttableSockets();
      const ben = openPage(room, 'Ben', { WebSocket, random: () => 0.99 }); // In no hurry to come back.
      await ben.connected();
      await ann.lists(ben.id);
      const { id, session } = ben;
      // Nobody is told that he has left (PARITY X3): else the page itself would not send.
      await local('faults', { loseDisconnect: 1 });
      cut();
      await until(`${id} to be gone`, async () => !(await local('connections')).includes(id));
      await local('faults', { loseDisconnect: 0 });
      ann.send(session, 'Are you there?');
      await ann.frame((frame) => frame.type === 'refused' && frame.code === 'gone');
      const line = ann.client.state.conversations.get(session)?.lines[0];
      const refusal = jasmine.objectContaining({ code: 'gone' });
      expect(line?.sent?.status).toEqual(jasmine.objectContaining({ kind: 'queued', refusal }));
    });
  });

  describe('and a terminal [P33]', () => {
    it('list the terminal on the page, and talk both ways', async () => {
      const room = newRoom();
      const page = openPage(room, 'Ann');
      await page.connected();
      const terminal = await openTerminal(room);
      await page.lists(terminal.id);
      const [peer] = page.frames.flatMap((frame) => (frame.type === 'joined' ? [frame.peer] : []));
      expect(peer?.dialect).toBe('plain');

      page.send(peer?.session ?? '', 'Hello terminal');
      expect(await terminal.client.next()).toBe('Hello terminal');
      terminal.client.send({ data: 'Hello page', forward: page.id });
      expect(await page.hears(peer?.session ?? '', 1)).toEqual(['Hello page']);
      terminal.client.send({ data: { json: true }, forward: page.id });
      expect(await page.hears(peer?.session ?? '', 2)).toEqual(['Hello page', '{"json":true}']);
      expect(page.frames.filter(({ type }) => type === 'message')).toEqual([
        jasmine.objectContaining({ from: terminal.id, session: peer?.session ?? '', data: 'Hello page' }),
        jasmine.objectContaining({ data: '{"json":true}' }),
      ]);
      expect(page.frames.some((frame) => frame.type === 'message' && 'stream' in frame)).toBeFalse();
    });

    it('welcome a page with the terminals that were there first, and tell a terminal nothing', async () => {
      const room = newRoom();
      const terminal = await openTerminal(room);
      const page = openPage(room, 'Ann');
      await page.connected();
      await page.lists(terminal.id);
      page.client.close();
      const second = openPage(room, 'Ben');
      await second.connected();
      await second.lists(terminal.id);
      // Presence would have come before the answer to this.
      expect(await terminal.client.ask('{"action":"sendMessageRoute"}')).toBe(`YOUR ID: ${terminal.id}`);
    });

    it('drop a terminal that quits', async () => {
      const room = newRoom();
      const page = openPage(room, 'Ann');
      await page.connected();
      const terminal = await openTerminal(room);
      await page.lists(terminal.id);
      await terminal.client.leave();
      await page.lists();
      expect(page.frames.at(-1)).toEqual({ type: 'left', connectionId: terminal.id });
    });
  });
});
