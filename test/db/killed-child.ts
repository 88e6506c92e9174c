import { openDatabase } from '../../apps/server/src/db/database.js';

/** A process with the embedded engine, to be killed: says where it can be reached, and what it found wrong. */
const database = await openDatabase({ databaseUrl: null, dataDir: process.argv[2]!, housekeeping: { lookMs: 200, checkpointMs: 1_000 } });
process.stdout.write(`${database.engine!.socketDirectory}\n`);
