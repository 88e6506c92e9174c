import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { RULE_CODES } from '@muckwatch/domain';
import { RULE_CODES as DEEDS } from '../apps/simulator/src/index.js';

it('the recorded days give the alerts that are expected of them', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./replays/run.mjs', import.meta.url))], { encoding: 'utf8' });
  expect(`${stdout}${status === 0 ? '' : stderr}`).toMatch(/\d+ alerts, as expected/);
  expect(stdout).not.toMatch(/differ/);
  expect(status).toBe(0);
}, 240_000);

it('the simulator, which knows no rule, names its deeds as the rules are named', () => {
  expect([...DEEDS].sort()).toEqual([...RULE_CODES].sort());
});
