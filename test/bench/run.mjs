// npm run bench [-- judge memory again intake latency map start history] [-- --seconds 60]
// Prints one table; every figure stands beside its raw limit, so that the ratio can be followed on any machine.
// With DATABASE_URL the figures of that server are measured too, else a line says that they were left out.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const BENCHES = ['judge', 'memory', 'again', 'intake', 'latency', 'map', 'start', 'history'];

const words = process.argv.slice(2).filter((word) => !word.startsWith('--') && Number.isNaN(Number(word)));
const unknown = words.filter((word) => !BENCHES.includes(word));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${BENCHES.join(', ')}.`);
  process.exit(2);
}
const at = process.argv.indexOf('--seconds');
const seconds = at < 0 ? '60' : process.argv[at + 1];

const built = spawnSync(process.execPath, ['apps/server/build.mjs'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const rows = [];
for (const name of words.length > 0 ? words : BENCHES) {
  console.error(`bench ${name} …`);
  const run = spawnSync(process.execPath, ['--max-semi-space-size=64', '--expose-gc', `${here}${name}.bench.mjs`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_SECONDS: seconds },
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
  for (const line of run.stdout.toString().split('\n')) {
    if (line.startsWith('{')) rows.push(JSON.parse(line));
    else if (line) console.error(line);
  }
}

console.log('| what | measured | raw limit | ratio | aim |\n|---|---|---|---|---|');
for (const { what, measured, limit = '—', ratio = '—', aim = '—' } of rows) console.log(`| ${what} | ${measured} | ${limit} | ${ratio} | ${aim} |`);
