import { NONE } from './episode.js';
import type { SightingMoment } from './moment.js';
import type { Rule } from './rule.js';
import type { AnyRule } from './rules/index.js';
import type { Report } from './report.js';
import { see, type SeenSighting } from './see.js';
import type { Sighted } from './sighting.js';
import { isCut, NEW_TRUCK, type TruckState } from './state.js';
import { take } from './take.js';
import { at, clock, clockOf, HOME, replayed, sighted, sightingOf, square, TRUCK, worldOf, worldsOf } from './testing.js';
import { foundBySight } from './rules/seen.js';
import { sensorContradiction } from './rules/sensor-contradiction.js';
import { uncoveredDeparture } from './rules/uncovered-departure.js';

/** Notes what it is asked, and tells what `tells` says. */
function asked(tells: (moment: SightingMoment) => boolean = () => false): { rule: AnyRule; moments: SightingMoment[] } {
  const moments: SightingMoment[] = [];
  const rule: Rule<null, Record<string, number>> = {
    code: 'spill',
    name: { zh: '', en: '' },
    description: { zh: '', en: '' },
    severity: 'critical',
    limits: {},
    start: null,
    see(state, moment) {
      moments.push(moment);
      return { state, findings: tells(moment) ? [foundBySight(moment, 'critical', {})] : NONE };
    },
    say: () => ({ zh: '', en: '' }),
  };
  return { rule: rule, moments };
}
/** Reports each 10 s between two clock times. */
const heard = (from: string, to: string, said = {}) =>
  Array.from({ length: (clock(to) - clock(from)) / 10_000 + 1 }, (_, i) => at(clock(from) + i * 10_000, { speedKmh: 0, ...said }));
const times = ({ before, after, near, first }: SightingMoment) => [before && clockOf(before.at), after && clockOf(after.at), near.length, first];
const offered = (state: TruckState, seen: ReturnType<typeof sighted>, rules: AnyRule[] = []): SeenSighting => see(state, sightingOf(seen, worldOf()), rules);

describe('a sighting', () => {
  it('is held against the moment before it, and once more when a report 30 s after it is known', () => {
    const { rule, moments } = asked();
    replayed([rule], [...heard('07:58:00', '08:00:00'), sighted('08:00:03'), ...heard('08:00:10', '08:01:30')]);
    expect(moments.map(times)).toEqual([
      ['08:00:00', null, 6, true],
      ['08:00:00', '08:00:10', 10, false],
    ]);
  });

  it('that comes after the reports is held against both sides at once, and asked about once', () => {
    const { rule, moments } = asked();
    replayed([rule], [...heard('07:58:00', '08:01:30'), sighted('08:00:03'), ...heard('08:01:40', '08:03:00')]);
    expect(moments.map(times)).toEqual([['08:00:00', '08:00:10', 10, true]]);
  });

  it('is asked about a second time only where it told nothing the first', () => {
    const { rule, moments } = asked(() => true);
    const { findings } = replayed([rule], [...heard('07:58:00', '08:00:00'), sighted('08:00:03'), ...heard('08:00:10', '08:01:30')]);
    expect(moments).toHaveLength(1);
    expect(findings).toHaveLength(1);
    const second = asked(({ first }) => !first);
    const later = replayed([second.rule], [...heard('07:58:00', '08:00:00'), sighted('08:00:03'), ...heard('08:00:10', '08:01:30')]).findings;
    expect(later.map(({ at: time, began, id }) => [clockOf(time), clockOf(began), id])).toEqual([
      ['08:00:40', '08:00:03', `spill:truck-1:camera-1:${clock('08:00:03')}`],
    ]);
  });

  it('counts a report of its own instant as one before it', () => {
    const { rule, moments } = asked();
    replayed([rule], [...heard('07:58:00', '08:00:00'), sighted('08:00:00')]);
    expect(times(moments[0]!)).toEqual(['08:00:00', null, 7, true]);
  });

  it('is known when it comes again, and updated when it says something else', () => {
    const { state } = replayed([], [at('07:59:55'), sighted('08:00:00')]);
    expect(offered(state, sighted('08:00:00')).kind).toBe('known');
    expect(offered(state, sighted('08:00:00', { covered: false })).kind).toBe('updated');
    expect(offered(state, sighted('08:00:00', { camera: 'camera-2' })).kind).toBe('seen');
  });

  it('is late when it is more than 120 s older than the newest report', () => {
    const { state } = replayed([], heard('07:50:00', '08:02:00'));
    expect(offered(state, sighted('08:00:00')).kind).toBe('seen');
    expect(offered(state, sighted('07:59:59')).kind).toBe('late');
  });

  it('is late when what was known at that time is no longer remembered', () => {
    // A cover that flaps each second fills the memory sooner.
    const flapping = Array.from({ length: 120 }, (_, i) => at(clock('08:00:00') + i * 1_000, { cover: i % 2 ? 'open' : 'closed' }));
    const { state } = replayed([], flapping);
    expect(offered(state, sighted('08:01:10')).kind).toBe('late');
    expect(offered(state, sighted('08:01:40')).kind).toBe('seen');
  });

  it('is out of order after a later sighting, of the same instant too', () => {
    const { state } = replayed([], [sighted('08:00:00', { camera: 'camera-2' })]);
    const outOfOrder = (time: string, camera: string) => {
      const seen = offered(state, sighted(time, { camera }));
      return seen.kind === 'seen' && seen.outOfOrder;
    };
    expect([
      outOfOrder('07:59:59', 'camera-3'),
      outOfOrder('08:00:00', 'camera-1'),
      outOfOrder('08:00:00', 'camera-3'),
      outOfOrder('08:00:01', 'camera-1'),
    ]).toEqual([true, true, false, false]);
  });

  it('is out of order where a rule that remembers took it in after later reports', () => {
    const { state } = replayed([], heard('07:58:00', '08:01:30', { cover: 'closed' }));
    const rules = [sensorContradiction as unknown as AnyRule];
    expect(offered(state, sighted('08:00:00', { covered: false, coveredConfidence: 0.95 }), rules)).toMatchObject({ kind: 'seen', outOfOrder: true });
    expect(offered(state, sighted('08:00:00', { covered: true, coveredConfidence: 0.95 }), rules)).toMatchObject({ kind: 'seen', outOfOrder: false });
  });

  it('was misjudged when a report from before it comes after it and tells another story', () => {
    const empty = heard('07:59:00', '07:59:30', { loadKg: 300 });
    const places = [square('site', HOME, 300)];
    const misjudged = (come: (Report | Sighted)[]) => {
      const rules = [uncoveredDeparture as unknown as AnyRule];
      let state: TruckState = NEW_TRUCK;
      const times: number[] = [];
      for (const one of come) {
        if ('camera' in one) {
          const sight = see(state, sightingOf(one, worldOf(places)), rules);
          if (sight.kind === 'seen') state = sight.state;
          continue;
        }
        const taken = take(state, one, { truck: TRUCK, worlds: worldsOf(places), rules });
        if (taken.kind !== 'believed') continue;
        state = taken.state;
        times.push(...taken.steps.flatMap((step) => step.misjudged ?? []));
      }
      return times[0] ?? null;
    };
    const seen = sighted('08:00:00', { covered: false, coveredConfidence: 0.9 });
    expect(misjudged([...empty, seen])).toBeNull();
    // Nothing was known of the truck when the sighting came.
    expect(misjudged([seen, ...empty])).toBe(seen.at);
    expect(misjudged([empty[0]!, seen, ...empty.slice(1)])).toBe(seen.at);
    expect(misjudged([...empty.slice(0, 3), seen, empty[3]!])).toBeNull();
  });

  it('is asked about again when a report from before it comes after it', () => {
    const { rule, moments } = asked();
    replayed([rule], [at('07:59:00'), sighted('08:00:03'), at('08:00:00'), at('08:00:20')]);
    expect(moments.map(times)).toEqual([
      ['07:59:00', null, 0, true],
      ['08:00:00', null, 1, false],
    ]);
  });

  it('makes no cut of a state whose reports are older', () => {
    const { state } = replayed([], [at('07:59:00'), sighted('08:00:03'), at('08:00:00')]);
    expect(isCut(state)).toBe(false);
    expect(isCut(replayed([], [at('08:00:10')], { from: state }).state)).toBe(true);
    expect(isCut(NEW_TRUCK)).toBe(false);
  });

  it('waits with a few others at most, and is forgotten an hour later', () => {
    const seen = Array.from({ length: 20 }, (_, i) => sighted(clock('08:00:00') + i * 1_000));
    const { state } = replayed([], seen);
    expect(state.pending).toHaveLength(4);
    expect(state.sightings).toHaveLength(8);
    expect(replayed([], [...seen, sighted('09:30:00')]).state.sightings).toHaveLength(1);
  });

  it('of a plate that nobody registered waits for nothing', () => {
    const { state, strangers } = replayed([], [at('07:59:55'), sighted('08:00:00', { plate: '皖A99999' })]);
    expect([state.sightings, state.pending, strangers['皖A99999']!.sightings.length, strangers['皖A99999']!.pending]).toEqual([[], [], 1, []]);
  });
});
