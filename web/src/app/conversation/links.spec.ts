import { linked } from './links.ts';

const links = (text: string, isCut?: boolean) =>
  linked(text, isCut).flatMap((span) => (span.kind === 'link' ? [span.href] : []));
const whole = (text: string) =>
  linked(text)
    .map((span) => span.text)
    .join('');

describe('links', () => {
  for (const [text, ...found] of [
    ['see http://localhost:4200/?room=a&name=b.', 'http://localhost:4200/?room=a&name=b'],
    ['(HTTPS://Example.com/a_(b))', 'HTTPS://Example.com/a_(b)'],
    ['mailto:ann@example.com?subject=x', 'mailto:ann@example.com?subject=x'],
    ['to bob@example.com, please', 'mailto:bob@example.com'],
    ['https://a.example https://b.example', 'https://a.example', 'https://b.example'],
    ['https://日本語.jp/a', 'https://日本語.jp/a'],
  ] as const)
    it(`are found in "${text}"`, () => expect(links(text)).toEqual(found));

  for (const [text, found] of [
    ['「https://a.jp」です', 'https://a.jp'],
    ['https://a.jpを見てください', 'https://a.jp'],
    ['http://localhost:4200を開く', 'http://localhost:4200'],
    ['http://localhostを開く', 'http://localhost'],
    ['https://a.jp/b?c=dを見る', 'https://a.jp/b?c=d'],
    ['https://a.jp/、次', 'https://a.jp/'],
  ] as const)
    it(`end where Japanese goes on: ${text}`, () => {
      expect(links(text)).toEqual([found]);
      expect(whole(text)).toBe(text);
    });

  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://example.com',
    'file:///etc/passwd',
    'ws://localhost:3001/dev',
    'README.md and example.com',
    'http://',
    '[link](javascript:alert(1))',
    'java\nscript:alert(1)',
  ])
    it(`are not made of ${JSON.stringify(text)}`, () => {
      expect(links(text)).toEqual([]);
      expect(linked(text)).toEqual([{ kind: 'text', text }]);
    });

  it('read as what they lead to: what turns the direction of text ends them', () => {
    const text = 'https://example.com/\u202Egpj.exe';
    expect(links(text)).toEqual(['https://example.com/']);
    expect(whole(text)).toBe(text);
  });

  it('are not made of the last address in a text that was cut', () => {
    expect(links('https://a.example https://b.exam', true)).toEqual(['https://a.example']);
    expect(links('https://a.example and', true)).toEqual(['https://a.example']);
  });

  it('leave every character in its place', () => {
    for (const text of ['', 'a', 'a http://b.example c\n\n d@e.example f', '  ', 'http://a.example'])
      expect(whole(text)).toBe(text);
  });
});
