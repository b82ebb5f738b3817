import { PLAIN_SUBPROTOCOL } from '#protocol';
import { formatInvitation } from '#protocol/invitation';
import { foundRoom } from '../../functions/testing/members-room.ts';
import { newRoom, stageForSuite } from './stage.ts';
import { undoing } from './undoing.ts';
import { Wscat } from './wscat.ts';

describe('The terminal session of the article, with wscat', () => {
  const stage = stageForSuite();
  const undo = undoing();

  function openWscat(room: string, subprotocols?: readonly string[]): Wscat {
    const wscat = new Wscat(`${stage().url}?room=${room}`, subprotocols);
    undo(() => wscat.end());
    return wscat;
  }

  it('[P30] [P31] comes out byte for byte on both screens', async () => {
    const room = newRoom();
    const first = openWscat(room);
    const second = openWscat(room);
    await first.shows(/^> $/m);
    await second.shows(/^> $/m);

    first.type('{"action":"sendMessageRoute", "data":"who am i"}');
    const firstId = await first.shows(/^< YOUR ID: (.+)$/m);
    second.type('{"action":"sendMessageRoute", "data":"who am i"}');
    const secondId = await second.shows(/^< YOUR ID: (.+)$/m);
    first.type(`{"action":"sendMessageRoute", "data":"Hello wscat2!", "forward":"${secondId}"}`);
    await second.shows(/^< Hello wscat2!$/m);
    second.type(`{"action":"sendMessageRoute", "data":"Hello wscat1!", "forward":"${firstId}"}`);
    await first.shows(/^< Hello wscat1!$/m);
    await first.shows(/^> $/m);
    await second.shows(/^> $/m);

    expect(first.screen).toBe(
      [
        'Connected (press CTRL+C to quit)',
        '> {"action":"sendMessageRoute", "data":"who am i"}',
        `< YOUR ID: ${firstId}`,
        `> {"action":"sendMessageRoute", "data":"Hello wscat2!", "forward":"${secondId}"}`,
        '< Hello wscat1!',
        '> ',
      ].join('\n'),
    );
    expect(second.screen).toBe(
      [
        'Connected (press CTRL+C to quit)',
        '> {"action":"sendMessageRoute", "data":"who am i"}',
        `< YOUR ID: ${secondId}`,
        '< Hello wscat2!',
        `> {"action":"sendMessageRoute", "data":"Hello wscat1!", "forward":"${firstId}"}`,
        '> ',
      ].join('\n'),
    );
    // The shape of API Gateway's ids, which is what the article shows.
    expect([firstId, secondId]).toEqual([
      jasmine.stringMatching(/^[\w-]{15}=$/),
      jasmine.stringMatching(/^[\w-]{15}=$/),
    ]);
  });

  it('[P28] is had in a room for members, too, by who brings an invitation, and by nobody else', async () => {
    const { room, invite } = await foundRoom();
    const invitation = formatInvitation(await invite(Math.floor(Date.now() / 1000) + 60));
    const member = openWscat(room, [PLAIN_SUBPROTOCOL, `invite.${invitation}`]);
    await member.shows(/^> $/m);
    member.type('{"action":"sendMessageRoute", "data":"who am i"}');
    const memberId = await member.shows(/^< YOUR ID: (.+)$/m);

    await openWscat(room, [PLAIN_SUBPROTOCOL]).shows(/Unexpected server response: 403/);
    const outsider = openWscat(newRoom());
    await outsider.shows(/^> $/m);
    outsider.type(`{"action":"sendMessageRoute", "data":"Hello?", "forward":"${memberId}"}`);
    await outsider.shows(/^< ERROR: .*room for members/m);
    expect(member.screen).not.toContain('Hello?');
  });
});
