import { blocksOf } from './markup.ts';

const shape = (text: string) =>
  blocksOf(text).map((block) =>
    block.kind === 'code'
      ? `code: ${block.text}`
      : block.spans.map(({ kind, text: part }) => (kind === 'text' ? part : `<${kind} ${part}>`)).join(''),
  );

describe('markup', () => {
  it('is nothing but code and links', () => {
    const text = '# *bold* _it_ <b>x</b> [a](b)\n\n  - c';
    expect(shape(text)).toEqual([text]);
  });

  it('marks code in the line, and no link in it', () => {
    expect(shape('run `curl http://a.example` at http://b.example')).toEqual([
      'run <code curl http://a.example> at <link http://b.example>',
    ]);
  });

  it('leaves a lone backtick, and two with nothing between', () => {
    expect(shape('a ` b')).toEqual(['a ` b']);
    expect(shape('a `` b')).toEqual(['a `` b']);
    expect(shape('a `b\nc` d')).toEqual(['a `b\nc` d']);
  });

  it('marks blocks of code, as they were written', () => {
    expect(shape('look:\n```ts\nconst a = `1`;\n\n  b();\n```\nhttp://a.example')).toEqual([
      'look:',
      'code: const a = `1`;\n\n  b();',
      '<link http://a.example>',
    ]);
    expect(shape('```a b```')).toEqual(['code: a b']);
  });

  it('lets a block that nobody closed go on to the end', () => {
    expect(shape('```\na\nb')).toEqual(['code: a\nb']);
  });

  it('knows that of a text that was cut the last address may not be whole', () => {
    const kinds = (isCut: boolean) =>
      blocksOf('a http://b.exam', isCut).flatMap((block) =>
        block.kind === 'text' ? block.spans.map(({ kind }) => kind) : [],
      );
    expect(kinds(false)).toEqual(['text', 'link']);
    expect(kinds(true)).toEqual(['text']);
  });
});
