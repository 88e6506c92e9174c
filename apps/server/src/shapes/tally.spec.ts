import { alertsOf, entriesOf, Tally } from './tally.js';
import type { Stay } from './visits.js';

const AT = Date.parse('2026-11-20T13:00:00Z');
const at = (minutes: number) => AT + minutes * 60_000;
const stay = (from: number, to: number): Stay => ({ from: at(from), to: at(to), reports: 10, point: [113, 31] });
const load = (departed: number, unloaded: number | null) => ({
  truckId: 't1',
  departedAt: at(departed),
  unloadedAt: unloaded === null ? null : at(unloaded),
  endedAt: null,
});
const tally = () => new Tally({ type: 'Polygon', coordinates: [] });
const loadsOf = (stays: Stay[], ...loads: ReturnType<typeof load>[]) => {
  const one = tally();
  for (const each of loads) one.addLoad(each, stays, at(600));
  return [one.loads, one.departed, one.unloaded];
};

it('counts a load that went through, that left from here, that was tipped here', () => {
  expect(loadsOf([stay(10, 12)], load(0, 30))).toEqual([1, 0, 0]);
  expect(loadsOf([stay(0, 12)], load(14, 30))).toEqual([0, 1, 0]);
  expect(loadsOf([stay(20, 40)], load(0, 30))).toEqual([1, 0, 1]);
});

it('counts a way through between two reports by itself: a load that went through, that neither left nor was tipped', () => {
  const crossing: Stay = { ...stay(10, 10), reports: 0 };
  expect(loadsOf([crossing], load(10, 10))).toEqual([1, 0, 0]);
  const one = tally();
  one.stays.push({ truckId: 't1', plate: 't1', stay: crossing }, { truckId: 't1', plate: 't1', stay: { ...stay(20, 20), reports: 1 } });
  one.unsure = 2;
  expect(one.touched).toMatchObject({ trucks: 1, visits: 0, passes: 1, crossings: 1, unsure: 2 });
  expect(entriesOf(one, undefined).map(({ through }) => through)).toEqual([false, true]);
});

it('counts a load that is still under way, and none that was over before', () => {
  expect(loadsOf([stay(300, 310)], load(0, null))).toEqual([1, 0, 0]);
  expect(loadsOf([stay(300, 310)], load(0, 30))).toEqual([0, 0, 0]);
});

it('says what both shapes hold, what is gained and what is lost', () => {
  const [drawn, present] = [tally(), tally()];
  const put = (of: Tally, truckId: string, one: Stay) => of.stays.push({ truckId, plate: truckId, stay: one });
  put(drawn, 't1', stay(0, 10));
  put(present, 't1', stay(5, 12));
  put(drawn, 't2', stay(20, 30));
  put(present, 't3', stay(40, 50));
  expect(entriesOf(drawn, present).map(({ truckId, side }) => [truckId, side])).toEqual([
    ['t3', 'present'],
    ['t2', 'drawn'],
    ['t1', 'both'],
  ]);
  const alert = (id: string) => ({ id, rule: 'speeding', at: AT, lon: 113, lat: 31 });
  drawn.alerts.push(alert('a'), alert('b'));
  present.alerts.push(alert('b'), alert('c'));
  expect(alertsOf(drawn, present).map(({ id, side }) => `${id} ${side}`)).toEqual(['a drawn', 'b both', 'c present']);
  expect(drawn.touched).toMatchObject({ trucks: 2, visits: 2, alerts: [{ rule: 'speeding', count: 2 }] });
});
