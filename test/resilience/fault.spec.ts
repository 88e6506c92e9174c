import { Intake } from '../../apps/server/src/intake/intake.service.js';
import { Recorder } from '../../apps/server/src/intake/recorder.js';
import { LiveService } from '../../apps/server/src/live/live.service.js';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { register } from './night.js';
import { untilIt } from './progress.js';
import { CROOKED, haul, streetRegistry } from './street.js';
import { Terminals } from './terminals.js';

const [FIRST, SECOND] = haul(CROOKED).map((report) => JSON.stringify(report)) as [string, string];

describe('a fault of our own', () => {
  let server: TestServer;
  let terminals: Terminals;

  beforeEach(async () => {
    server = await startTestServer();
    await register(server, streetRegistry(1));
    terminals = new Terminals(`mqtt://127.0.0.1:${(server.app.get(Intake).link as EmbeddedBroker).port}`);
    terminals.add('terminal-0', 'secret of terminal-0');
    await untilIt('the terminal is connected', () => terminals.connected === 1);
  });
  afterEach(async () => {
    terminals.stop();
    await server.close();
  });

  const count = async (table: 'reports' | 'quarantine') =>
    (await server.database.query<{ count: number }>(`select count(*)::int as count from ${table}`)).rows[0]!.count;

  it('in telling people takes nothing back: what is stored is acknowledged and not put aside', async () => {
    server.app.get(LiveService).positions = () => {
      throw new Error('nobody can be told');
    };
    terminals.send('terminal-0', FIRST);
    await terminals.untilAcknowledged();
    terminals.send('terminal-0', SECOND);
    await terminals.untilAcknowledged();
    expect({ reports: await count('reports'), quarantine: await count('quarantine') }).toEqual({ reports: 2, quarantine: 0 });
  });

  it('that leaves a report neither stored nor put aside ends intake: sent again it is not taken for a duplicate and acknowledged', async () => {
    const recorder = server.app.get(Recorder);
    const fatal: unknown[] = [];
    recorder.onFatal = (error) => fatal.push(error);
    await server.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger refuse before insert on reports for each row execute function refuse();
      create trigger refuse before insert on quarantine for each row execute function refuse()`);
    terminals.send('terminal-0', FIRST);
    await untilIt('intake ends', () => fatal.length > 0);
    await server.database.query('drop trigger refuse on reports; drop trigger refuse on quarantine');
    let acknowledged = false;
    recorder.receive({ topic: 'muck/v1/terminals/terminal-0/reports', payload: Buffer.from(FIRST), retained: false }, () => (acknowledged = true));
    terminals.send('terminal-0', SECOND);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect({ fatal: fatal.length, acknowledged: acknowledged || terminals.acknowledged > 0, reports: await count('reports') }).toEqual({
      fatal: 1,
      acknowledged: false,
      reports: 0,
    });
  });
});
