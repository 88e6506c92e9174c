import { arrange, isHeld, KEY_HOLD_MS, neighbour } from './holding.js';
import { groupIncidents, queueOrder } from './incidents.js';
import { anAlert } from './testing.js';

const queue = (...ids: string[]) => queueOrder(groupIncidents(ids.map((id) => anAlert({ id, severity: id.startsWith('c') ? 'critical' : 'minor' }))));
const mapOf = (incidents: ReturnType<typeof queue>) => new Map(incidents.map((i) => [i.id, i]));

describe('new incidents', () => {
  it('come in at their place while nobody is at the list', () => {
    const wanted = queue('m1', 'm2', 'c9');
    const { rows, waiting } = arrange(['m1', 'm2'], wanted, mapOf(wanted), false);
    expect(rows.map((r) => r.incident.id)).toEqual(['c9', 'm1', 'm2']);
    expect(waiting).toEqual([]);
  });

  it('never move the row under the cursor: they wait to be shown', () => {
    const wanted = queue('m1', 'm2', 'c9');
    const { rows, waiting } = arrange(['m1', 'm2'], wanted, mapOf(wanted), true);
    expect(rows.map((r) => r.incident.id)).toEqual(['m1', 'm2']);
    expect(waiting.map((i) => i.id)).toEqual(['c9']);
  });

  it('fill an empty list at once, hand or no hand', () => {
    const wanted = queue('c9');
    expect(arrange([], wanted, mapOf(wanted), true).rows).toHaveLength(1);
  });
});

it('keeps a decided incident greyed in its place until the hand is off', () => {
  const all = mapOf(queue('m1', 'm2'));
  const wanted = queue('m2');
  expect(arrange(['m1', 'm2'], wanted, all, true).rows.map((r) => [r.incident.id, r.left])).toEqual([
    ['m1', true],
    ['m2', false],
  ]);
  expect(arrange(['m1', 'm2'], wanted, all, false).rows.map((r) => r.incident.id)).toEqual(['m2']);
});

it('holds for a while after the last key', () => {
  expect(isHeld({ pointerOver: false, keyAt: 1_000 }, 1_000 + KEY_HOLD_MS - 1)).toBe(true);
  expect(isHeld({ pointerOver: false, keyAt: 1_000 }, 1_000 + KEY_HOLD_MS)).toBe(false);
  expect(isHeld({ pointerOver: true, keyAt: 0 }, 1e9)).toBe(true);
});

it('steps through the rows and stops at the ends', () => {
  const { rows } = arrange([], queue('m1', 'm2', 'm3'), new Map(), false);
  expect(neighbour(rows, null, 1)).toBe('m1');
  expect(neighbour(rows, 'm1', 1)).toBe('m2');
  expect(neighbour(rows, 'm3', 1)).toBe('m3');
  expect(neighbour(rows, 'm1', -1)).toBe('m1');
});
