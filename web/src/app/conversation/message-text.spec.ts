import { show } from '../../testing/view.ts';
import { MessageText } from './message-text.ts';

const setup = (text: string) => show(MessageText, { text });
const lines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}`).join('\n');

describe('MessageText', () => {
  it('shows text as it was written and never as markup', async () => {
    const view = await setup('<b>bold</b>\n  code');
    expect(view.find('.text').textContent).toBe('<b>bold</b>\n  code');
    expect(getComputedStyle(view.find('.text')).whiteSpaceCollapse).toBe('preserve');
    expect(view.texts('b, button')).toEqual([]);
  });

  it('makes links that know nothing of this page', async () => {
    const view = await setup('see https://a.example/?b=c, now');
    const link = view.find('a');
    expect(link.href).toBe('https://a.example/?b=c');
    expect(link.textContent).toBe('https://a.example/?b=c');
    expect(link.target).toBe('_blank');
    expect(link.rel).toBe('noopener noreferrer');
    expect(view.find('.text').textContent).toBe('see https://a.example/?b=c, now');
  });

  it('makes no link of what would run', async () => {
    expect((await setup('javascript:alert(1) data:text/html,x')).texts('a')).toEqual([]);
  });

  it('shows code as code, from left to right and in one width', async () => {
    const view = await setup('run `a  b`:\n```sh\nnpm  ci\n```');
    expect([...view.host.querySelectorAll('code')].map(({ textContent }) => textContent)).toEqual([
      'a  b',
      'npm  ci',
    ]);
    expect(view.find('pre').dir).toBe('ltr');
    expect(getComputedStyle(view.find('pre code')).fontFamily).toContain('monospace');
  });

  it('sets JSON in, and shows it as it was sent when asked', async () => {
    const view = await setup('{"a":[1]}');
    expect(view.find('pre').textContent).toBe('{\n  "a": [\n    1\n  ]\n}');
    await view.press('Show as sent');
    expect(view.find('pre').textContent).toBe('{"a":[1]}');
    await view.press('Show formatted');
    expect(view.find('pre').textContent).toContain('\n    1');
  });

  it('folds a long text, and unfolds it when asked', async () => {
    const view = await setup(lines(60));
    expect(view.find('.text').textContent).toBe(lines(24));
    expect(view.find('button').getAttribute('aria-expanded')).toBe('false');
    await view.press('Show all');
    expect(view.find('.text').textContent).toBe(lines(60));
    expect(view.find('button').getAttribute('aria-expanded')).toBe('true');
    await view.press('Show less');
    expect(view.find('.text').textContent).toBe(lines(24));
  });

  it('leads nowhere from a link that was cut', async () => {
    const address = `https://a.example/${'x'.repeat(3000)}`;
    const view = await setup(address);
    expect(view.texts('a')).toEqual([]);
    await view.press('Show all');
    expect(view.find('a').href).toBe(address);
  });

  it('folds long JSON too', async () => {
    const view = await setup(JSON.stringify(Array.from({ length: 100 }, (_, n) => n)));
    expect(view.find('pre').textContent.split('\n').length).toBe(24);
    await view.press('Show all');
    expect(view.find('pre').textContent.split('\n').length).toBe(102);
  });

  it('begins anew with another text', async () => {
    const view = await setup(lines(60));
    await view.press('Show all');
    await view.set({ text: lines(61) });
    expect(view.find('.text').textContent).toBe(lines(24));
  });

  for (const [text, direction] of [
    ['مرحبا hello', 'rtl'],
    ['שלום', 'rtl'],
    ['`code` مرحبا', 'rtl'],
    ['hello مرحبا', 'ltr'],
  ] as const)
    it(`reads "${text}" from the ${direction === 'rtl' ? 'right' : 'left'}`, async () => {
      const view = await setup(text);
      expect(getComputedStyle(view.find('.text')).direction).toBe(direction);
    });

  it('shows a few emoji large, and no other text', async () => {
    const size = async (text: string) =>
      parseFloat(getComputedStyle((await setup(text)).find('.text')).fontSize);
    const usual = await size('ok 👍');
    expect(await size('👩‍👩‍👧‍👦👍')).toBeGreaterThan(usual * 1.5);
    expect(await size('👍'.repeat(7))).toBe(usual);
  });
});
