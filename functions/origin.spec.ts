import { mayConnect } from './origin.ts';

const DOORS = { origins: ['https://chat.example.com'], terminals: true };
const API = 'abc123.execute-api.us-east-1.amazonaws.com';

describe('who may connect [P25]', () => {
  it('is a page of an origin on the list, and no other', () => {
    expect(mayConnect('https://chat.example.com', API, DOORS)).toBeTrue();
    for (const origin of [
      'https://evil.example',
      'http://chat.example.com',
      'https://chat.example.com:8443',
      'https://chat.example.com.evil.example',
      'https://localhost',
      'null',
      '',
      'chat.example.com',
    ]) {
      expect(mayConnect(origin, API, DOORS))
        .withContext(origin)
        .toBeFalse();
    }
  });

  it('is a page of the address that the API has itself, on whatever port', () => {
    expect(mayConnect('http://192.168.1.5:4200', '192.168.1.5:3001', DOORS)).toBeTrue();
    expect(mayConnect('http://[fd00::5]:4200', '[fd00::5]:3001', DOORS)).toBeTrue();
    expect(mayConnect('http://192.168.1.6:4200', '192.168.1.5:3001', DOORS)).toBeFalse();
  });

  it('is not a page of the same name: whose it is decides where it leads, and who is on the way may answer for it', () => {
    expect(mayConnect('http://evil.example:3001', 'evil.example:3001', DOORS)).toBeFalse();
    for (const page of [`https://${API}`, `http://${API}`])
      expect(mayConnect(page, API, DOORS))
        .withContext(page)
        .toBeFalse();
  });

  it('is a page of this machine on this machine, by whichever of its names', () => {
    for (const page of ['http://localhost:4200', 'http://127.0.0.1:4200', 'http://[::1]:4200']) {
      for (const api of ['localhost:3001', '127.0.0.1:3001', '[::1]:3001']) {
        expect(mayConnect(page, api, DOORS))
          .withContext(`${page} to ${api}`)
          .toBeTrue();
      }
    }
  });

  it('is a terminal, unless the deployment says no', () => {
    expect(mayConnect(undefined, API, DOORS)).toBeTrue();
    expect(mayConnect(undefined, API, { ...DOORS, terminals: false })).toBeFalse();
  });
});
