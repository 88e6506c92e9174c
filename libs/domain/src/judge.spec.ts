import { compareLogged, type FoundAlert, type Logged, Rejudging } from './index.js';
import type { Report } from './report.js';
import { RULES } from './rules/index.js';
import type { Sighted } from './sighting.js';
import { NEW_TRUCK, type TruckState } from './state.js';
import { at, clock, clockOf, drive, east, HOME, permit, sighted, sightingOf, square, TRUCK, worldsOf } from './testing.js';

const PLACES = [square('site', HOME, 300), square('yard', east(8_000), 300)];
const worlds = worldsOf(PLACES, { permits: [permit({ siteId: 'site-1', yardIds: ['yard-1'] })] });
const by = { truckAt: () => TRUCK, worlds, rules: RULES };

const logged = (report: Report, doubt: 'jump' | 'accuracy' | null = null): Logged => ({ kind: 'report', report, doubt });
const loggedSight = (sighting: Sighted): Logged => ({ kind: 'sighting', ...sightingOf(sighting, worlds.at(sighting.at)) });
function judged(log: Logged[], from: TruckState = NEW_TRUCK, tickAt: number | null = null): Rejudging {
  const judging = new Rejudging(from, by);
  for (const one of [...log].sort(compareLogged)) judging.offer(one);
  if (tickAt === null) judging.finish();
  else judging.tick(tickAt);
  return judging;
}
const told = (alerts: Iterable<FoundAlert>) =>
  [...alerts].map(({ rule, scope, severity, began, ended }) => `${rule} ${scope} ${severity} ${clockOf(began)}–${ended === null ? '' : clockOf(ended)}`).sort();

/** Loaded at the site from 07:50, seen at the gate at 08:00, driven uncovered and too fast, on for two hours. */
const REPORTS = [
  ...Array.from({ length: 60 }, (_, i) => at(clock('07:50:00') + i * 10_000, { speedKmh: 0, loadKg: i < 30 ? 300 : 18_000, cover: 'open', bedAngleDeg: 0 })),
  ...drive('08:00:00', HOME, east(7_800), 40, 10, { loadKg: 18_000, cover: 'open', bedAngleDeg: 0 }),
  ...drive('08:12:00', east(7_800), east(60_000), 70, 10, { loadKg: 18_000, cover: 'closed', bedAngleDeg: 0 }).slice(0, 200),
  ...drive('08:46:00', east(47_000), east(200_000), 50, 10, { loadKg: 18_000, cover: 'closed', bedAngleDeg: 0 }).slice(0, 400),
];
const LOG = [...REPORTS.map((report) => logged(report)), loggedSight(sighted('08:00:05', { covered: false, coveredConfidence: 0.9 }))];

describe('judging again', () => {
  it('finds what a truck did, whatever the order in which the log was written', () => {
    const inOrder = judged(LOG);
    expect(told(inOrder.alerts.values())).toEqual([
      'speeding - minor 08:12:00–08:46:00',
      'uncovered-departure camera-1 serious 08:00:05–08:00:05',
      'uncovered-load - serious 08:00:20–08:12:10',
    ]);
    const shuffled = judged([...LOG].reverse());
    expect([...shuffled.alerts]).toEqual([...inOrder.alerts]);
    expect(shuffled.state).toEqual(inOrder.state);
    expect(inOrder.count).toBe(LOG.length);
  });

  it('keeps the last state of each hour gone through, and goes on from any of them as if it had begun before', () => {
    const whole = judged(LOG);
    expect([...whole.checkpoints.keys()].map(clockOf)).toEqual(['07:00:00', '08:00:00', '09:00:00']);
    for (const [, checkpoint] of whole.checkpoints) {
      const from = JSON.parse(JSON.stringify(checkpoint)) as TruckState;
      const rest = judged(LOG, from);
      expect(rest.state).toEqual(whole.state);
      for (const [id, alert] of rest.alerts) expect({ ...alert, opened: true }).toEqual(whole.alerts.get(id));
      expect([...whole.alerts.values()].filter(({ id, foundAt }) => foundAt > from.last!.at && !rest.alerts.has(id))).toEqual([]);
    }
  });

  it('begins with what was open, as it stood there, though nothing more is found of it', () => {
    const until = LOG.filter((one) => one.kind === 'report' && one.report.at <= clock('08:20:00'));
    const [alert] = [...judged(until).alerts.values()].filter(({ rule }) => rule === 'speeding');
    const again = judged([], judged(until).state);
    expect(again.alerts.get(alert!.id)).toEqual({ ...alert, opened: false });
  });

  it('judges a late sighting as if it had come in time', () => {
    const without = judged(LOG.filter(({ kind }) => kind === 'report'));
    expect(told(without.alerts.values())).toHaveLength(2);
    const checkpoint = without.checkpoints.get(clock('07:00:00'))!;
    expect(told(judged(LOG, checkpoint).alerts.values())).toEqual(told(judged(LOG).alerts.values()));
  });

  it('tells a hole in the track at the tick, and none where it was filled', () => {
    const gone = (one: Logged) => one.kind !== 'report' || one.report.at < clock('09:10:00') || one.report.at > clock('09:15:00');
    const kept = (one: Logged) => one.kind !== 'report' || one.report.at < clock('09:25:00');
    const torn = LOG.filter(gone).filter(kept);
    expect(told(judged(torn, NEW_TRUCK, clock('09:40:00')).alerts.values())).not.toContain('track-gap - minor 09:09:50–09:09:50');
    expect(told(judged(torn, NEW_TRUCK, clock('09:50:00')).alerts.values())).toContain('track-gap - minor 09:09:50–09:09:50');
    expect(told(judged(LOG.filter(kept), NEW_TRUCK, clock('09:50:00')).alerts.values()).filter((line) => line.startsWith('track'))).toEqual([]);
  });

  it('says whose doubt is another now', () => {
    const far = (time: string, i: number) => at(time, { point: east(90_000 + i * 50), digest: `far-${i}` });
    const jumped = [far('08:00:05', 0), far('08:00:15', 1), far('08:00:25', 2)];
    const stored = [at('07:59:55'), ...jumped.slice(0, 2)].map((report, i) => logged(report, i === 0 ? null : 'jump'));
    expect(judged(stored).doubts).toEqual([]);
    expect(judged([...stored, logged(jumped[2]!, 'jump')]).doubts).toEqual(jumped.map((report) => ({ report, doubt: null })));
    const nowDoubted = [logged(at('07:59:55')), logged(jumped[0]!)];
    expect(judged(nowDoubted).doubts).toEqual([{ report: jumped[0], doubt: 'jump' }]);
  });

  it('holds back what a camera saw while it is not settled where the truck is', () => {
    const empty = Array.from({ length: 6 }, (_, i) => at(clock('08:00:10') + i * 10_000, { point: HOME, loadKg: 300, digest: `empty-${i}` }));
    const log = [at('07:59:50', { point: east(9_000), loadKg: null }), ...empty].map((report) => logged(report, 'jump'));
    const seen = loggedSight(sighted('08:00:45', { covered: false, coveredConfidence: 0.9 }));
    // Believed at 08:00:30, known to be empty then; the jump was settled before.
    expect(told(judged([...log, seen]).alerts.values())).toEqual([]);
    const sooner = loggedSight(sighted('08:00:15', { covered: false, coveredConfidence: 0.9 }));
    expect(told(judged([...log, sooner]).alerts.values())).toEqual(['uncovered-departure camera-1 serious 08:00:15–08:00:15']);
    // Where the log ends before it is settled, it stands 9 km away.
    expect(told(judged([...log.slice(0, 3), sooner]).alerts.values())[0]).toBe('cloned-plate camera-1 critical 08:00:15–08:00:15');
  });

  it('twice changes nothing', () => {
    const once = judged(LOG);
    const again = judged([...LOG, ...LOG]);
    expect([...again.alerts]).toEqual([...once.alerts]);
    expect(again.doubts).toEqual([]);
  });

  it('contains a rule that throws', () => {
    const broken = {
      ...RULES[0]!,
      step: () => {
        throw new Error('broken');
      },
    };
    const judging = new Rejudging(NEW_TRUCK, { ...by, rules: [broken, ...RULES.slice(1)] });
    for (const one of LOG.slice(0, 80)) judging.offer(one);
    expect(judging.faults.length).toBeGreaterThan(0);
    expect(judging.faults[0]).toEqual({ rule: RULES[0]!.code, error: new Error('broken') });
  });
});
