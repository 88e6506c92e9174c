// npm run judge -- --from 2026-11-24T00:00:00+08:00 --to 2026-11-25T00:00:00+08:00 [--limits limits.json] [--rules spill,speeding] [--trucks t1,t2] [--json yes]
// What other limits would have found, kept and lost in stored time: the rule lab as a command. Nothing that is stored changes. Ctrl+C stops it.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, fail, options } from './client.mjs';

const USAGE = 'npm run judge -- --from TIME --to TIME [--limits FILE] [--rules a,b] [--trucks t1,t2] [--url URL] [--user NAME] [--json yes]';
const asked = options(process.argv.slice(2), ['from', 'to', 'limits', 'rules', 'trucks', 'url', 'user', 'json'], USAGE);
if (!asked.from || !asked.to) fail(`--from and --to are needed.\n${USAGE}`);

const api = await connect(asked);
let run = await api('POST', '/lab', {
  from: asked.from,
  to: asked.to,
  limits: asked.limits ? limitsOf(asked.limits) : {},
  rules: asked.rules?.split(',') ?? null,
  truckIds: asked.trucks?.split(',') ?? null,
});
process.on('SIGINT', () => void api('DELETE', `/lab/${run.id}`));

while (run.state === 'running') {
  await sleep(300);
  run = await api('GET', `/lab/${run.id}`);
  show(run.progress);
}
process.stderr.write('\n');
if (run.state === 'failed') fail(`It failed: ${run.fault}`);
if (asked.json) console.log(JSON.stringify(run, null, 2));
else {
  console.table(run.counts.filter(({ kept, gained, lost }) => kept + gained + lost > 0));
  for (const { change, began, summary } of run.alerts.filter((alert) => alert.change !== 'kept'))
    console.log(`${change === 'gained' ? '+' : '-'} ${began} ${summary.en}`);
}
if (run.state === 'stopped') fail('Stopped: the counts are of the trucks that were done.');

function show({ trucks, trucksDone, reports }) {
  if (!process.stderr.isTTY) return;
  const done = trucks === 0 ? 20 : Math.round((20 * trucksDone) / trucks);
  process.stderr.write(`\r${'█'.repeat(done)}${'░'.repeat(20 - done)} ${trucksDone} of ${trucks} trucks, ${reports.toLocaleString('en')} reports `);
}

function limitsOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail(`--limits ${file}: ${error.message}. It holds limits by rule and name, e.g. {"speeding":{"loadedKmh":50}}.`);
  }
}
