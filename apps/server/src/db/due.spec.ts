import { dueJob, type Job } from './due-jobs.js';
import { dueVacuum, type TableWrites } from './due-vacuum.js';

const MIN = 60_000;
const job = (id: number, firstAt: number | null = null): Job => ({ id, procedure: 'policy', everyMs: 60 * MIN, retryMs: 5 * MIN, firstAt });

describe('dueJob', () => {
  it('runs a job that never ran at once, unless it is to begin later', () => {
    expect(dueJob([job(1)], [], 1_000)?.id).toBe(1);
    expect(dueJob([job(1, 2_000)], [], 1_000)).toBeNull();
    expect(dueJob([job(1, 2_000)], [], 2_000)?.id).toBe(1);
  });

  it('runs a job again after its interval, not before', () => {
    const run = { id: 1, startedAt: 0, failures: 0 };
    expect(dueJob([job(1)], [run], 59 * MIN)).toBeNull();
    expect(dueJob([job(1)], [run], 60 * MIN)?.id).toBe(1);
  });

  it('tries a failed job again after its retry period, longer each time, at most its interval', () => {
    const failed = (failures: number) => [{ id: 1, startedAt: 0, failures }];
    expect(dueJob([job(1)], failed(1), 5 * MIN)?.id).toBe(1);
    expect(dueJob([job(1)], failed(3), 14 * MIN)).toBeNull();
    expect(dueJob([job(1)], failed(3), 15 * MIN)?.id).toBe(1);
    expect(dueJob([job(1)], failed(1_000), 60 * MIN)?.id).toBe(1);
  });

  it('takes the one that has waited longest', () => {
    const runs = [
      { id: 1, startedAt: 20 * MIN, failures: 0 },
      { id: 2, startedAt: 10 * MIN, failures: 0 },
    ];
    expect(dueJob([job(1), job(2)], runs, 90 * MIN)?.id).toBe(2);
  });
});

describe('dueVacuum', () => {
  const table = (name: string, rows: number, dead: number, changed = dead): TableWrites => ({ name, rows, dead, changed });

  it('leaves tables alone of which little was written', () => {
    expect(dueVacuum([table('snapshots', 1_000, 140)], new Map())).toBeNull();
    expect(dueVacuum([table('snapshots', 10_000, 900)], new Map())).toBeNull();
  });

  it('vacuums a table with many dead rows and analyzes one with many new ones', () => {
    expect(dueVacuum([table('snapshots', 1_000, 300)], new Map())).toMatchObject({ what: 'vacuum' });
    expect(dueVacuum([table('reports', 1_000, 0, 300)], new Map())).toMatchObject({ what: 'analyze' });
  });

  it('counts from the last time', () => {
    const done = new Map([['snapshots', table('snapshots', 1_000, 300)]]);
    expect(dueVacuum([table('snapshots', 1_000, 400)], done)).toBeNull();
    expect(dueVacuum([table('snapshots', 1_000, 600)], done)).toMatchObject({ what: 'vacuum' });
  });

  it('takes the table that is furthest past its threshold', () => {
    expect(dueVacuum([table('alerts', 100, 100), table('snapshots', 100, 1_000)], new Map())?.table.name).toBe('snapshots');
  });
});
