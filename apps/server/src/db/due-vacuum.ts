/** Rows written in a table, counted from the open of the engine. */
export interface TableWrites {
  /** Schema and table, quoted. */
  name: string;
  /** Live rows as the planner last knew. */
  rows: number;
  /** Rows updated or deleted: each left a dead one. */
  dead: number;
  /** Rows inserted, updated or deleted. */
  changed: number;
}

const MIN_DEAD = 50;
const DEAD_SHARE = 0.2;
const MIN_CHANGED = 50;
const CHANGED_SHARE = 0.1;

/** What autovacuum would do next, by its default thresholds; `done` holds the counts at the last time. The table furthest past its threshold is first. */
export function dueVacuum(tables: readonly TableWrites[], done: ReadonlyMap<string, TableWrites>): { table: TableWrites; what: 'vacuum' | 'analyze' } | null {
  let due: ReturnType<typeof dueVacuum> = null;
  let worst = 1;
  for (const table of tables) {
    const before = done.get(table.name);
    const dead = since(table.dead, before?.dead) / (MIN_DEAD + DEAD_SHARE * table.rows);
    const changed = since(table.changed, before?.changed) / (MIN_CHANGED + CHANGED_SHARE * table.rows);
    const past = Math.max(dead, changed);
    if (past <= worst) continue;
    worst = past;
    due = { table, what: dead > 1 ? 'vacuum' : 'analyze' };
  }
  return due;
}

/** Counts begin again when the engine is opened again. */
function since(count: number, before = 0): number {
  return count >= before ? count - before : count;
}
