import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Simulator } from './simulator.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'muck-simulator-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program in the simulator's place. */
async function started(source: string) {
  const program = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(program, source);
  const said: string[] = [];
  let starts = 0;
  const next = () => Promise.resolve({ args: [`--start=${++starts}`], env: { TOKEN: 'abc' } });
  const simulator = new Simulator(program, { next, say: (line) => said.push(line), warn: (line) => said.push(`! ${line}`) });
  simulator.start();
  return { simulator, said };
}
const until = async (claim: () => boolean) => {
  for (let i = 0; i < 400 && !claim(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(claim()).toBe(true);
};

describe('the simulator as a child', () => {
  it('says its lines, and gets nothing of our environment but what it is given', async () => {
    process.env.ADMIN_PASSWORD = 'geheim';
    const { simulator, said } = await started(`console.log(process.argv[2], process.env.TOKEN, process.env.ADMIN_PASSWORD); process.stdin.resume();`);
    await until(() => said.length > 0);
    delete process.env.ADMIN_PASSWORD;
    expect(said).toEqual(['--start=1 abc undefined']);
    await simulator.stop();
  });

  it('starts again when it dies', async () => {
    const { simulator, said } = await started(`console.log(process.argv[2]); if (process.argv[2] === '--start=1') process.exit(3); process.stdin.resume();`);
    await until(() => said.includes('--start=2'));
    expect(said).toEqual(['--start=1', '! The simulator ended (code 3); it starts again in 1 s.', '--start=2']);
    await simulator.stop();
  });

  it('is gone when it is stopped, deaf to signals or not', async () => {
    const { simulator, said } = await started(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(process.pid);`);
    await until(() => said.length > 0);
    await simulator.stop();
    expect(() => process.kill(Number(said[0]), 0)).toThrow();
  });

  it('sees its stdin close when the server is gone, however it went', async () => {
    const { simulator, said } = await started(
      `process.on('SIGTERM', () => {}); process.stdin.on('end', () => { console.log('closed'); process.exit(0); }).resume(); console.log('on');`,
    );
    await until(() => said.length > 0);
    await simulator.stop();
    expect(said).toContain('closed');
  });
});
