import { jsonParts, prettyJson } from './json-parts.ts';

describe('the JSON of a frame', () => {
  it('is laid out, when the text is JSON', () => {
    expect(prettyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(prettyJson('{"a":')).toBeUndefined();
  });

  it('is cut into names, strings, values and marks', () => {
    const parts = jsonParts('{ "a\\"b": "c:d", "e": [-1.5e3, true, null] }');
    const of = (kind: string) => parts.filter((part) => part.kind === kind).map(({ text }) => text);
    expect(of('name')).toEqual(['"a\\"b"', '"e"']);
    expect(of('string')).toEqual(['"c:d"']);
    expect(of('value')).toEqual(['-1.5e3', 'true', 'null']);
  });

  it('is all there, whatever it was cut into', () => {
    const frame = { type: 'message', data: '"key": 1, \n {}', seq: 0, ok: false, list: [[], {}, 'tfn-'] };
    for (const text of [JSON.stringify(frame), JSON.stringify(frame, null, 2)])
      expect(
        jsonParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });

  it('has no colours when it is too long for them', () => {
    const long = JSON.stringify(Array.from({ length: 9000 }, (_, n) => n));
    expect(jsonParts(long)).toEqual([{ kind: 'mark', text: long }]);
  });
});
