import { linkTo, placeIn, sessionIn, socketUrl, withoutCredentials } from './address.ts';

describe('address', () => {
  it('[P2] finds room and name in the page address, and the lobby when there is none', () => {
    expect(placeIn('?room=blue&name=%E8%9B%B8')).toEqual({ type: 'place', room: 'blue', name: '蛸' });
    expect(placeIn('')).toEqual({ type: 'place', room: 'lobby' });
  });

  it('[P2] describes a room that cannot be', () => {
    expect(placeIn('?room=no%20spaces').type).toBe('malformed');
  });

  it('[P2] puts both into the URL of the socket, and keeps what that has', () => {
    expect(socketUrl('wss://host/dev?x=1', { room: 'blue', name: '蛸' })).toBe(
      'wss://host/dev?x=1&room=blue&name=%E8%9B%B8',
    );
  });

  it('[P15] gives the address of a page that opens the conversation with a session, and reads it back', () => {
    const link = linkTo('http://host/?room=blue', 'aB-3_');
    expect(link).toBe('http://host/?room=blue#to=aB-3_');
    expect(sessionIn(new URL(link).hash)).toBe('aB-3_');
    expect(sessionIn('')).toBeUndefined();
    expect(sessionIn('#elsewhere')).toBeUndefined();
  });

  for (const [hash, rest] of [
    ['', ''],
    ['#to=s', '#to=s'],
    ['#invitation=i', ''],
    ['#token=e.y.j', ''],
    ['#to=s&invitation=i', '#to=s'],
    ['#invitation=i&to=s', '#to=s'],
    ['#token=t&invitation=i', ''],
    ['#token=t&to=s&invitation=i&x=1', '#to=s&x=1'],
    ['#my-token=t', '#my-token=t'],
  ] as const) {
    it(`leaves of the fragment "${hash}" what lets nobody in: "${rest}"`, () => {
      expect(withoutCredentials(hash)).toBe(rest);
    });
  }
});
