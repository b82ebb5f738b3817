import { isLoopback } from './loopback.ts';

describe('isLoopback', () => {
  for (const name of ['localhost', 'app.localhost', '127.0.0.1', '127.8.9.10', '[::1]']) {
    it(`knows that ${name} is this machine`, () => {
      expect(isLoopback(name)).toBeTrue();
    });
  }
  for (const name of ['192.168.1.2', 'example.com', 'localhost.example.com', '10.127.0.0.1', '[::2]']) {
    it(`knows that ${name} is not`, () => {
      expect(isLoopback(name)).toBeFalse();
    });
  }
});
