// Sets up a fresh clone: reports what is missing on the machine, installs packages, and downloads what the local stand-in
// needs. Runs on the machine's own Node.js, before node_modules exists. A second run has nothing to do.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...names) => path.join(root, ...names);

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const plain = (text) => text.replace(COLOURS, '');

/** The tool's version as two numbers, or undefined if it is not installed. */
function versionOf(command, args) {
  const { error, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return undefined;
  const [, major, minor = '0'] = /(\d+)(?:\.(\d+))?/.exec(plain(`${stdout}${stderr}`)) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

const java = (tool) => (process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', tool) : tool);

const NEEDED = [
  { what: 'Node.js', command: process.execPath, args: ['--version'], least: [20, 0], get: 'https://nodejs.org' },
  { what: 'Python', command: 'python3', args: ['--version'], least: [3, 11], get: 'https://www.python.org' },
  {
    what: 'Python venv',
    command: 'python3',
    args: ['-c', 'import ensurepip, venv; print(1)'],
    least: [1, 0],
    get: 'apt install python3-venv',
  },
  { what: 'Java runtime', command: java('java'), args: ['-version'], least: [17, 0], get: 'https://adoptium.net' },
  {
    what: 'Java compiler (a JDK)',
    command: java('javac'),
    args: ['-version'],
    least: [17, 0],
    get: 'https://adoptium.net',
  },
  {
    what: 'Maven',
    command: 'mvn',
    args: ['--batch-mode', '--version'],
    least: [3, 6],
    get: 'https://maven.apache.org',
  },
];

function checkMachine() {
  const missing = NEEDED.flatMap(({ args, command, get, least, what }) => {
    const found = versionOf(command, args);
    const enough = found && (found[0] > least[0] || (found[0] === least[0] && found[1] >= least[1]));
    if (enough) return [];
    return [
      `  ${what} ${least.join('.')} or later is required, ${found ? `found ${found.join('.')}` : 'not found'}; get it: ${get}`,
    ];
  });
  if (missing.length === 0) return;
  console.error(`\n✗ Missing on this machine:\n${missing.join('\n')}`);
  process.exit(1);
}

function step(what, work) {
  const begun = Date.now();
  process.stdout.write(`▸ ${what} …`);
  work();
  console.log(` ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** Runs `npm ci` in a folder unless the packages of its lock file are installed, which a stamp in node_modules records. */
function installPackages(what, folder) {
  const stamp = path.join(folder, 'node_modules', '.installed-lock');
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  step(`Installing ${what} (npm ci)`, () => {
    const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (npm.status === 0) return fs.writeFileSync(stamp, lock);
    console.error(`\n${npm.stdout}${npm.stderr}\n✗ npm ci failed; see above`);
    process.exit(1);
  });
}

/** Installs the newest CDK out of the way of the one in package.json. Jest maps the imports of some layers to it. */
function installNewestCdk() {
  const folder = inRoot('.cache', 'newest-cdk');
  fs.mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    fs.copyFileSync(inRoot('test', 'newest-cdk', file), path.join(folder, file));
  }
  fs.copyFileSync(inRoot('.npmrc'), path.join(folder, '.npmrc'));
  installPackages('the newest CDK', folder);
}

checkMachine();
installPackages('packages', root);
installNewestCdk();
execFileSync(inRoot('node_modules', '.bin', 'node'), ['--import', 'tsx', inRoot('local', 'prepare.ts')], {
  cwd: root,
  env: { ...process.env, TSX_DISABLE_CACHE: '1' }, // it would stay in the temporary folder
  stdio: 'inherit',
});
