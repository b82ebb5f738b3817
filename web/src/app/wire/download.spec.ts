import { fileOf, save } from './download.ts';

describe('a file of many pieces', () => {
  it('has them all, in order and with their type', async () => {
    const file = await fileOf(['a', 'é', 'c'], 'text/x-test');
    expect(await file.text()).toBe('aéc');
    expect(file.type).toBe('text/x-test');
  });

  it('is made while the page goes on', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++);
    const slow = function* () {
      for (let piece = 0; piece < 6; piece++) {
        const end = performance.now() + 12;
        while (performance.now() < end);
        yield 'x';
      }
    };
    expect((await fileOf(slow(), 'text/plain')).size).toBe(6);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it('is handed over under its name', async () => {
    const saved: (readonly [string, Promise<string>])[] = [];
    const click = spyOn(HTMLAnchorElement.prototype, 'click').and.callFake(function (
      this: HTMLAnchorElement,
    ) {
      saved.push([this.download, fetch(this.href).then((response) => response.text())]);
    });
    save(document, 'wire.har', new Blob(['{}']));
    expect(click).toHaveBeenCalledTimes(1);
    const [[name, text] = ['', Promise.resolve('')]] = saved;
    expect([name, await text]).toEqual(['wire.har', '{}']);
  });
});
