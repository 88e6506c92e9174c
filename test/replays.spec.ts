import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

it('the recorded days give the alerts that are expected of them', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./replays/run.mjs', import.meta.url))], { encoding: 'utf8' });
  expect(`${stdout}${status === 0 ? '' : stderr}`).toMatch(/\d+ alerts, as expected/);
  expect(stdout).not.toMatch(/differ/);
  expect(status).toBe(0);
}, 240_000);
