import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageHtml } from './page-html.ts';

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
});
