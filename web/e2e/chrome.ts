/** Finds the Chrome that tests run in: `CHROME_BIN`, then an installed one, then the one npm brought. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { env, platform, arch } from 'node:process';
import { fileURLToPath } from 'node:url';

/** Command line flags under which every Chrome here behaves alike. */
export const flags: readonly string[] = [
  '--headless=new',
  // The sandbox needs user namespaces, which containers, root and AppArmor each forbid.
  ...(platform === 'linux' ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The path of an executable Chrome. */
export async function chrome(): Promise<string> {
  const found = env['CHROME_BIN'] ?? (await installed()) ?? (await shipped());
  if (!found) throw new Error('No Chrome was found: install Chrome or Chromium, or set CHROME_BIN.');
  return found;
}

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

async function installed(): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command))),
    ...PLACES,
  ];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Unpacks `@sparticuz/chromium` once per version. It is built for Linux on x64 only. */
async function shipped(): Promise<string | undefined> {
  if (platform !== 'linux' || arch !== 'x64') return undefined;
  const pack = fileURLToPath(new URL('../', import.meta.resolve('@sparticuz/chromium')));
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  // With what is written beside it in the name, so that a change of that is unpacked anew.
  const written = createHash('sha256').update(LAUNCHER).update(FONTS).digest('hex').slice(0, 8);
  const home = join(cache, `chromium-${await versionOf(pack)}-${written}`);
  const path = join(home, 'chrome');
  if (await isExecutable(path)) return path;

  // Unpacked beside its place and moved there in one step, so that two processes at once cannot disturb each other.
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'chromium-unpacking-'));
  try {
    await unpack(join(pack, 'bin'), draft);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // The other process was first: what it unpacked is the same.
    if (!(await isExecutable(path))) throw error;
  }
  return path;
}

async function versionOf(pack: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(pack, 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : 'unknown';
}

async function unpack(archives: string, to: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const before = env['TMPDIR'];
  env['TMPDIR'] = to; // `inflate` writes to fixed names in the folder for temporary files.
  try {
    const names = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
    await Promise.all(names.map((name) => inflate(join(archives, name))));
  } finally {
    if (before === undefined) delete env['TMPDIR'];
    else env['TMPDIR'] = before;
  }
  await writeFile(join(to, 'fonts.conf'), FONTS);
  await writeFile(join(to, 'chrome'), LAUNCHER);
  await chmod(join(to, 'chrome'), 0o755);
}

// The libraries that a bare machine lacks come last in the search, and are seen by Chrome alone.
const LAUNCHER = `#!/bin/sh
home=$(dirname "$0")
export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$home/al2023/lib"
export FONTCONFIG_FILE="$home/fonts.conf"
exec "$home/chromium" "$@"
`;

// Without any font Chrome ends at its first text, so the shipped ones are added to the machine's; of those none has Japanese.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts/fonts</dir>
  <dir prefix="relative">../../@expo-google-fonts/biz-udpgothic</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias>
    <family>sans-serif</family>
    <default>
      <family>Open Sans</family>
      <family>BIZ UDPGothic</family>
    </default>
  </alias>
</fontconfig>
`;
