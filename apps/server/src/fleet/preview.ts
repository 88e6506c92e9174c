import type { Preview } from '../language.js';
import type { Fault } from '../refusal.js';
import type { PlannedItem } from './plan.js';

type Item = Preview['items'][number];

const OF_ROW = /^row (\d+)(?:: (.*))?$/;

/** The fate of every row of an import, in the file's order; `given` are the ids that the rows say. Secrets that it would make are not in it: it makes none. */
export function previewOf(given: readonly unknown[], items: readonly PlannedItem[], faults: readonly Fault[]): Preview {
  const planned = new Map(items.map((item) => [item.row, item]));
  const wrong = new Map<number, Fault[]>();
  for (const { path, message } of faults) {
    const [, row, field = ''] = OF_ROW.exec(path) ?? [];
    if (row !== undefined) wrong.set(Number(row), [...(wrong.get(Number(row)) ?? []), { path: field, message }]);
  }
  return { items: given.map((id, index) => itemOf(index + 1, typeof id === 'string' ? id : null, planned.get(index + 1), wrong.get(index + 1))) };
}

function itemOf(row: number, id: string | null, planned: PlannedItem | undefined, faults: Fault[] = []): Item {
  if (faults.length > 0 || !planned) return { row, id, result: 'bad', changes: [], faults };
  return { row, id, result: planned.result, changes: planned.changes, faults: [] };
}
