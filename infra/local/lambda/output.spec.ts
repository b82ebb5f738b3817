import { Lines } from './output.ts';

describe('what a function prints', () => {
  const shown = (...pieces: string[]): string[] => {
    const lines: string[] = [];
    const output = new Lines((line) => lines.push(line));
    for (const piece of pieces) output.add(piece);
    output.end();
    return lines;
  };

  it('is told line by line, in whatever pieces it comes', () => {
    expect(shown('one\ntw', 'o\r\n', 'three')).toEqual(['one', 'two', 'three']);
  });

  it('[L26] is not told where CloudWatch would make metrics of it', () => {
    expect(shown('before\n{"_aws":{"Timestamp":1},"Joined":1}\n{"other":"JSON"}\n')).toEqual([
      'before',
      '{"other":"JSON"}',
    ]);
  });
});
