// npm run audit:verify [-- --seal SHA256] [--url URL] [--user NAME] [--json yes]
// Computes every hash of the audit again: finds rows changed, taken out or put in, changed seals, and an end cut off below a seal; with --seal also one cut off with its seals.
// Reads the database itself (DATABASE_URL, else DATA_DIR) and trusts no server; with --url it asks a running server instead, as one must where the database is embedded in it.
import { existsSync } from 'node:fs';
import { buildStale } from './build.mjs';
import { connect, fail, options } from './client.mjs';

const asked = options(process.argv.slice(2), ['seal', 'url', 'user', 'json'], 'npm run audit:verify -- [--seal SHA256] [--url URL] [--user NAME] [--json yes]');
if (asked.seal && !/^[0-9a-f]{64}$/.test(asked.seal)) fail(`--seal must be a SHA-256 in lower-case hex, not ${asked.seal}.`);

const verdict = asked.url ? await overHttp() : await fromDatabase();
if (asked.json) console.log(JSON.stringify(verdict, null, 2));
else {
  console.log(
    `${verdict.rows.toLocaleString('en')} rows under ${verdict.seals.toLocaleString('en')} seals: ${verdict.ok ? 'nothing was changed.' : 'NOT AS WRITTEN.'}`,
  );
  for (const { at, what } of verdict.faults) console.log(`  ${at ? `${at} ` : ''}${what}`);
  if (verdict.lastSeal)
    console.log(`The newest seal is ${verdict.lastSeal.sha256} of ${verdict.lastSeal.at}: keep it elsewhere, and give it as --seal next time.`);
}
process.exitCode = verdict.ok ? 0 : 1;

async function overHttp() {
  const api = await connect(asked);
  return api('GET', `/audit/verify${asked.seal ? `?sha256=${asked.seal}` : ''}`);
}

async function fromDatabase() {
  await buildStale('server').catch((error) => fail(error.message));
  const { readConfig } = await import('../../dist/apps/server/src/config.js');
  const { openDatabase } = await import('../../dist/apps/server/src/db/database.js');
  const { verifyAudit } = await import('../../dist/apps/server/src/audit/verify-audit.js');
  const { databaseUrl, dataDir } = readConfig(process.env);
  if (!databaseUrl && !existsSync(dataDir)) fail(`There is no database in DATA_DIR ${dataDir}, and no DATABASE_URL.`);
  const database = await openDatabase({ databaseUrl, dataDir, startWaitMs: 0 }).catch((error) =>
    fail(databaseUrl ? error.message : `${error.message}\nThe server that uses it can be asked instead: --url http://localhost:3000, with ADMIN_PASSWORD.`),
  );
  try {
    return await verifyAudit(database, asked.seal ?? null);
  } catch (error) {
    return fail(`The audit cannot be read: ${error.message}`);
  } finally {
    await database.close();
  }
}
