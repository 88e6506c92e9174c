// npm run evidence:verify -- pack.zip [--manifest SHA256] [--json yes]
// Computes every hash of an evidence pack again: names each file that was changed, taken out or put in, checks its manifest and report, and the sealed evidence against its hash.
// Asks no server and no database; with --manifest (as the audit has it of the export) it also finds a pack that was forged as a whole.
import { existsSync } from 'node:fs';
import { buildStale } from './build.mjs';
import { fail, options } from './client.mjs';

const USAGE = 'npm run evidence:verify -- PACK.zip [--manifest SHA256] [--json yes]';
const [file, ...rest] = process.argv.slice(2);
if (!file || file.startsWith('--')) fail(`Name the pack: ${USAGE}`);
if (!existsSync(file)) fail(`There is no file ${file}.`);
const asked = options(rest, ['manifest', 'json'], USAGE);
if (asked.manifest && !/^[0-9a-f]{64}$/.test(asked.manifest)) fail(`--manifest must be a SHA-256 in lower-case hex, not ${asked.manifest}.`);

await buildStale('server').catch((error) => fail(error.message));
const { verifyPack } = await import('../../dist/apps/server/src/evidence/verify-pack.js');
const verdict = await verifyPack(file, asked.manifest ?? null);
if (asked.json) console.log(JSON.stringify(verdict, null, 2));
else {
  console.log(`${verdict.alertId ?? file}: ${verdict.files} files: ${verdict.ok ? 'nothing was changed since it was exported.' : 'NOT AS EXPORTED.'}`);
  for (const { what } of verdict.faults) console.log(`  ${what}`);
  if (verdict.sealed === 'holds') console.log('  The sealed evidence has the hash that it was sealed as.');
  for (const note of verdict.notes) console.log(`  ${note}`);
  if (verdict.manifestSha256 && !asked.manifest)
    console.log(
      `The manifest is ${verdict.manifestSha256}: the audit's row of the export of ${verdict.exportedAt} must have it; give it as --manifest to compare.`,
    );
}
process.exitCode = verdict.ok ? 0 : 1;
