import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageHtml, scriptSources } from './page-html.ts';

describe('the HTML of the page', () => {
  let built: string;
  beforeEach(() => {
    built = mkdtempSync(join(tmpdir(), 'page-'));
  });
  afterEach(() => rmSync(built, { recursive: true }));

  it('has the stylesheets of the build in it, letter by letter', () => {
    writeFileSync(join(built, 'styles-A1B2C3D4.css'), 'p::before{content:"$&"}\n');
    writeFileSync(
      join(built, 'index.html'),
      '<link rel="icon" href="a.svg"/><link rel="stylesheet" href="styles-A1B2C3D4.css"><p></p>',
    );
    expect(pageHtml(built)).toBe(
      '<link rel="icon" href="a.svg"/><style>p::before{content:"$&"}</style><p></p>',
    );
  });

  it('lets the scripts wait', () => {
    writeFileSync(
      join(built, 'index.html'),
      '<link rel="modulepreload" href="chunk.js"><script src="main.js" type="module"></script>',
    );
    expect(pageHtml(built)).toBe(
      '<link rel="modulepreload" href="chunk.js" fetchpriority="low"><script src="main.js" fetchpriority="low" type="module"></script>',
    );
  });

  it('names a stylesheet of another place as it did', () => {
    const html = '<link rel="stylesheet" href="https://example.com/a.css">';
    writeFileSync(join(built, 'index.html'), html);
    expect(pageHtml(built)).toBe(html);
  });

  it('has its own scripts named by what they say, for the policy to let run', () => {
    // The example of Content Security Policy Level 3, 2.3.1 "Hash-source".
    const hello = "alert('Hello, world.');";
    expect(scriptSources(`<script>${hello}</script><script src="a.js"></script>`)).toEqual([
      "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
    ]);
    expect(scriptSources(`<script>${hello}</script>\n<script>\n</script>`)).toHaveSize(2);
  });
});
