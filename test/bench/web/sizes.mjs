// Every file of the built control room, as a browser gets it.
import { readdirSync, readFileSync, statSync } from 'node:fs';

const ROOT = 'dist/apps/control-room';
const ASSETS = `${ROOT}/assets`;
/** Smaller ones stand in one line. */
const NAMED_BYTES = 5 * 1024;

export function sizes() {
  const names = readdirSync(ASSETS).filter((name) => /\.(?:js|css)$/.test(name));
  const page = readFileSync(`${ROOT}/index.html`, 'utf8');
  const first = new Set(names.filter((name) => page.includes(name)));
  const files = names
    .map((name) => ({ name: plain(name), first: first.has(name), gz: packed(name, 'gz'), br: packed(name, 'br') }))
    .sort((a, b) => b.gz - a.gz);
  const sum = (of) => of.reduce((all, { gz, br }) => ({ gz: all.gz + gz, br: all.br + br }), { gz: 0, br: 0 });
  const line = (what, { gz, br }) => [what, kb(gz), kb(br)];

  const entry = files.filter((file) => file.first);
  const [named, small] = [files.filter((file) => !file.first && file.gz >= NAMED_BYTES), files.filter((file) => !file.first && file.gz < NAMED_BYTES)];
  const rows = [
    line('**what every page begins with**', sum(entry)),
    ...entry.map((file) => line(`– ${file.name}`, file)),
    ...named.map((file) => line(file.name, file)),
    line(`${small.length} smaller ones`, sum(small)),
    line('**all together**', sum(files)),
  ];
  return [{ title: 'Files of the control room', head: ['file', 'gzip', 'brotli'], rows }];
}

const plain = (name) => name.replace(/-[\w-]{8}\./, '.');
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

function packed(name, how) {
  for (const file of [`${ASSETS}/${name}.${how}`, `${ASSETS}/${name}`]) {
    try {
      return statSync(file).size;
    } catch {
      // What is worth less than a packet is not packed.
    }
  }
  return 0;
}
