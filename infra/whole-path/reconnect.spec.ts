import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { start } from '../local/start.ts';
import { assembly, SYNTHESIS_MS } from './assembly.ts';
import { cuttableSockets, Page } from './page.ts';
import { patiently } from './patience.ts';
import { refusalOf } from './raw-client.ts';
import { newRoom, type Stage, startStage } from './stage.ts';
import { undoing } from './undoing.ts';
import { until } from './until.ts';

describe("The page's client comes back", () => {
  patiently();
  const undo = undoing();
  beforeAll(() => assembly(), SYNTHESIS_MS);

  async function startOwnStage(port = 0): Promise<Stage> {
    const stage = await startStage({ port });
    undo(() => stage.runner.stop());
    return stage;
  }

  async function openPair({ url }: Stage) {
    const room = newRoom();
    const open = (name: string) => {
      const { WebSocket, cut } = cuttableSockets();
      const page = new Page({ url, room, name, WebSocket });
      undo(() => page.client.close());
      return { page, cut };
    };
    const [ann, ben] = [open('Ann'), open('Ben')];
    await ann.page.connected();
    await ben.page.connected();
    await ann.page.lists(ben.page.id);
    await ben.page.lists(ann.page.id);
    return { ann: ann.page, ben: ben.page, cutAnn: ann.cut };
  }

  /** Both list each other as they are now, and nobody else, and a message goes through each way. */
  async function expectTogether(ann: Page, ben: Page): Promise<void> {
    await ann.lists(ben.id);
    await ben.lists(ann.id);
    ann.send(ben.session, 'I am back');
    ben.send(ann.session, 'So I see');
    expect(await ben.hears(ann.session, 1)).toEqual(['I am back']);
    expect(await ann.hears(ben.session, 1)).toEqual(['So I see']);
  }

  /** Why a client waited, each time that it did. */
  function endings(page: Page): string[] {
    const seen: string[] = [];
    page.client.events.subscribe((event) => {
      if (event.type === 'waiting')
        seen.push(event.why.kind === 'closed' ? `closed ${event.why.code}` : event.why.kind);
    });
    return seen;
  }

  it('after a clean close by the server, with a new connectionId, and the old one is gone [P21] [P22]', async () => {
    const stage = await startOwnStage();
    const { ann, ben } = await openPair(stage);
    const former = ann.id;
    const why = endings(ann);
    const gateway = new ApiGatewayManagementApiClient({
      endpoint: stage.managementUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    undo(() => gateway.destroy());

    await gateway.send(new DeleteConnectionCommand({ ConnectionId: former }));
    expect(await ann.connected(former)).not.toBe(former);
    expect(why).toEqual(['closed 1000']);
    await expectTogether(ann, ben);
    expect(ben.frames).toContain({ type: 'left', connectionId: former });
  });

  it('after its connection was cut, with a new connectionId, and the old one is gone [P21] [P22]', async () => {
    const { ann, ben, cutAnn } = await openPair(await startOwnStage());
    const former = ann.id;
    const why = endings(ann);

    cutAnn();
    expect(await ann.connected(former)).not.toBe(former);
    expect(why).toEqual(['closed 1006']);
    await expectTogether(ann, ben);
    expect(ben.frames).toContain({ type: 'left', connectionId: former });
  });

  it('after the whole server was away, both at once [P20] [P23]', async () => {
    const stage = await startOwnStage();
    const { ann, ben } = await openPair(stage);
    const [annBefore, benBefore] = [ann.id, ben.id];
    const why = endings(ann);

    await stage.runner.stop();
    const { port } = stage.runner;
    const again = await start({ assembly: await assembly(), port });
    undo(() => again.stop());
    expect(again.port).toBe(port);
    await ann.connected(annBefore);
    await ben.connected(benBefore);
    expect(why[0]).toBe('closed 1006');
    await expectTogether(ann, ben);
  });

  it('soon after it came too early: a server that still starts refuses it, and does not keep it waiting', async () => {
    const { runner, url } = await startStage();
    await runner.stop();
    const starting = start({ assembly: await assembly(), port: runner.port });
    undo(async () => (await starting).stop());

    const status = await until('the server to listen', async () => {
      try {
        return await refusalOf(url, {});
      } catch {
        return undefined; // Nobody listens yet.
      }
    });
    expect(status).toBe(503);
  });
});
