import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Starts a file beside the caller's (`import.meta.url`) as a thread of its own: compiled, or its source where tests run the sources. */
export function startWorker(beside: string, name: string, workerData?: unknown): Worker {
  const compiled = new URL(`./${name}.js`, beside);
  if (existsSync(fileURLToPath(compiled))) return new Worker(compiled, { workerData });
  const hook = new URL('../../../test/support/typescript.mjs', import.meta.url);
  return new Worker(new URL(`./${name}.ts`, beside), { workerData, execArgv: ['--import', hook.href] });
}
