// `npm run simulate`: builds the simulator when its sources are newer than what was built, then becomes it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const built = join(root, 'dist/apps/simulator/src/main.js');
// The compiler leaves files alone that come out the same, so their age says nothing: this file's does.
const stamp = join(root, 'dist/apps/simulator/built');

if (isStale()) {
  console.log('building the simulator …');
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build', 'simulator'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, '');
}
await import(pathToFileURL(built).href);

function isStale() {
  const sources = readdirSync(join(here, 'src'), { recursive: true }).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  return !existsSync(built) || sources.some((name) => statSync(join(here, 'src', name)).mtimeMs > modifiedMs(stamp));
}

/** 0 for a file that is not there. */
function modifiedMs(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
