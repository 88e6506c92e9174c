// npm run quarantine:offer [-- --reason unknown-terminal] [--source term7]
// Offers quarantined messages again, after a terminal was registered or a decoder mended, and says what became of them.
import { connect, options } from './client.mjs';

const asked = options(
  process.argv.slice(2),
  ['reason', 'source', 'url', 'user'],
  'npm run quarantine:offer -- [--reason R] [--source ID] [--url URL] [--user NAME]',
);
const api = await connect(asked);
const total = { offered: 0, taken: 0, refused: 0 };
let last;
do {
  last = await api('POST', '/quarantine/offer', { reason: asked.reason ?? null, source: asked.source ?? null });
  for (const name of Object.keys(total)) total[name] += last[name];
  if (process.stderr.isTTY) process.stderr.write(`\r${total.offered} offered, ${last.left} left `);
  // What is refused again is new in quarantine and would be counted as left: only what was there before is worth another round.
} while (last.left > 0 && last.taken > 0);
if (process.stderr.isTTY) process.stderr.write('\n');
console.log(
  `${total.offered} offered: ${total.taken} taken, ${total.refused} refused again; ${last.cut} are longer than the 16 KiB kept and cannot be offered.`,
);
