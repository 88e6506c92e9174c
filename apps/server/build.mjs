/** `npm run build`: builds what is older than its sources, each part in a line. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const SHARED = ['tsconfig.json', 'package-lock.json', 'apps/server/build.mjs'];
const nest = (app) => ['node_modules/@nestjs/cli/bin/nest.js', 'build', app];

const PARTS = [
  {
    name: 'server',
    sources: ['apps/server', 'libs', 'nest-cli.json'],
    output: 'dist/apps/server/src/main.js',
    memory: 'dist/server.tsbuildinfo',
    command: nest('server'),
  },
  {
    name: 'simulator',
    sources: ['apps/simulator', 'libs', 'nest-cli.json'],
    output: 'dist/apps/simulator/src/main.js',
    memory: 'dist/simulator.tsbuildinfo',
    command: nest('simulator'),
  },
  {
    name: 'control room',
    sources: ['apps/control-room', 'libs'],
    output: 'dist/apps/control-room/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '-c', 'apps/control-room/vite.config.ts'],
  },
];

/** Builds every stale part, or only the one of that name, side by side; throws with the builder's own words when one fails. */
export async function buildStale(only = null) {
  const stale = PARTS.filter((part) => (only === null || part.name === only) && isStale(part));
  for (const { name } of stale) console.log(`Building the ${name} …`);
  await Promise.all(stale.map(build));
}

function isStale(part) {
  const stamp = stampOf(part);
  if (!existsSync(join(ROOT, part.output)) || !existsSync(stamp)) return true;
  return Math.max(...[...part.sources, ...SHARED].map((path) => newest(join(ROOT, path)))) > statSync(stamp).mtimeMs;
}

async function build(part) {
  const began = new Date();
  // What is missing is not written again by a compiler that remembers having written it.
  if (part.memory && !existsSync(join(ROOT, part.output))) rmSync(join(ROOT, part.memory), { force: true });
  const { code, output } = await run(part.command);
  if (code !== 0) throw new Error(`The ${part.name} could not be built:\n${output}`);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(stampOf(part), '');
  utimesSync(stampOf(part), began, began); // what was edited meanwhile is newer
}

function run(args) {
  return new Promise((resolve, reject) => {
    // Started by a test, NODE_ENV would be `test` and the pages twice as large: React's own checks come with it.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject).on('close', (code) => resolve({ code, output }));
  });
}

/** The latest change below a path; a directory's own time tells of what was removed. Specs are not built. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || path.endsWith('.spec.ts')) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function stampOf({ name }) {
  return join(ROOT, `dist/.built-${name.replace(' ', '-')}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildStale();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
