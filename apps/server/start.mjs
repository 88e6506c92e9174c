/** `npm start`: builds what is stale, then is the server, with the demo city unless DEMO says otherwise. */
import { buildStale } from './build.mjs';

try {
  await buildStale();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.env.DEMO ||= 'on';
process.env.LOG_LEVEL ||= 'warn';
process.setSourceMapsEnabled(true);
// The same process: signals and exit codes need no passing on, and nothing is left behind when it is killed.
await import('../../dist/apps/server/src/main.js');
