import { at, clock, clockOf, drive, east, HOME, noisy, opened, replay, replayed, sighted, square } from '../testing.js';
import type { Place } from '../place.js';
import type { Report } from '../report.js';
import { sensorContradiction } from './sensor-contradiction.js';

const SITE = square('site', HOME, 300);
const YARD = square('yard', east(5_000), 300);
const FULL = 18_000;
const found = (happenings: Parameters<typeof replay>[1], places: Place[] = []) => replay(sensorContradiction, happenings, { places });
const stay = (from: string, minutes: number, point: [number, number], said: Partial<Report> = {}) =>
  Array.from({ length: minutes * 6 }, (_, i) => at(clock(from) + i * 10_000, { point, speedKmh: 0, ...said }));

describe('sensor-contradiction, camera', () => {
  const UNCOVERED = { covered: false, coveredConfidence: 0.95 };
  const covers = (cover: (secondsOff: number) => Report['cover']) =>
    Array.from({ length: 61 }, (_, i) => at(clock('07:55:00') + i * 10_000, { speedKmh: 20, cover: cover(i * 10 - 300) }));
  const among = (reports: Report[], said = {}) => {
    const [before, after] = [reports.filter((report) => report.at <= clock('08:00:00')), reports.filter((report) => report.at > clock('08:00:00'))];
    return found([...before, sighted('08:00:00', { ...UNCOVERED, ...said }), ...after], [SITE]);
  };

  it('finds a cover that the terminal calls closed on both sides of what the camera saw', () => {
    const findings = among(covers(() => 'closed'));
    expect(opened(findings)).toEqual(['sensor-contradiction minor 08:00:00']);
    expect(findings[0]).toMatchObject({
      scope: 'camera',
      placeId: 'site-1',
      point: HOME,
      evidence: { kind: 'camera', count: 1, confidencePercent: 95, beforeS: 0, afterS: 10 },
    });
    expect(findings[0]!.ended).toBe(findings[0]!.began);
  });

  it('finds the same where the sighting comes after the reports', () => {
    const reports = covers(() => 'closed');
    const inOrder = among(reports)[0]!;
    const late = found([...reports.filter((report) => report.at <= clock('08:01:30')), sighted('08:00:00', UNCOVERED)], [SITE])[0]!;
    expect({ ...late, at: 0 }).toEqual({ ...inOrder, at: 0 });
  });

  it('forgives less than 0.9, a camera that says nothing and one side unsaid', () => {
    const closed = covers(() => 'closed');
    expect(among(closed, { coveredConfidence: 0.89 })).toEqual([]);
    expect(among(closed, { covered: null })).toEqual([]);
    expect(among(closed, { plate: null })).toEqual([]);
    expect(among(covers((s) => (s > 0 ? null : 'closed')))).toEqual([]);
    expect(among(covers((s) => (s > 0 ? 'closed' : 'fault')))).toEqual([]);
    expect(among(covers((s) => (Math.abs(s) <= 60 ? null : 'closed')))).toEqual([]);
    expect(among(closed.filter((report) => report.at <= clock('08:00:00')))).toEqual([]);
  });

  it('forgives a cover that was open within 30 s, since clocks differ by so much, but not one report of sensor bounce', () => {
    expect(among(covers((s) => (s <= -20 ? 'open' : 'closed')))).toEqual([]);
    expect(among(covers((s) => (s >= 30 ? 'open' : 'closed')))).toEqual([]);
    expect(among(covers((s) => (s <= -40 ? 'open' : 'closed')))).toHaveLength(1);
    expect(among(covers((s) => (s === -20 ? 'open' : 'closed')))).toHaveLength(1);
  });

  it('forgives a cover that was open when last heard of before those 30 s', () => {
    const unheard = (from: number, to: number) => (s: number) => (s <= -40 ? 'open' : s > from && s < to ? null : 'closed');
    expect(among(covers(unheard(-40, -20)))).toEqual([]);
    expect(among(covers(unheard(-40, -30)))).toHaveLength(1);
  });

  it('is right under noise', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const tell = (cover: Report['cover']) =>
        among(
          noisy(
            covers(() => cover),
            seed,
          ),
        ).length;
      expect([seed, tell('closed'), tell('open')]).toEqual([seed, 1, 0]);
    }
  });
});

/** Enters the site at 08:00, loads, leaves at 08:10, is in the yard at 08:17:10, tips at 08:20, leaves at 08:26. */
function trip({
  site = (i: number) => (i < 30 ? 300 : FULL),
  road = FULL,
  yard = (i: number) => (i < 20 ? FULL : 300),
  tip = true,
}: Partial<{ site: (i: number) => number | null; road: number | null; yard: (i: number) => number | null; tip: boolean }> = {}): Report[] {
  const first = site(0);
  return [
    ...drive('07:56:00', east(-2_000), east(-180), 40, 10, { loadKg: first, bedAngleDeg: 0 }),
    ...stay('08:00:00', 10, HOME, { bedAngleDeg: 0 }).map((report, i) => ({ ...report, loadKg: site(i) })),
    ...drive('08:10:00', HOME, east(4_700), 40, 10, { loadKg: road, bedAngleDeg: 0 }),
    ...stay('08:17:10', 8, east(5_000)).map((report, i) => ({ ...report, loadKg: yard(i), bedAngleDeg: tip && i >= 18 && i < 24 ? 45 : 0 })),
    ...drive('08:25:20', east(5_000), east(9_000), 40, 10, { loadKg: yard(47), bedAngleDeg: 0 }),
  ];
}
const places = [SITE, YARD];
const always = (kg: number) => ({ site: () => kg, road: kg, yard: () => kg });

describe('sensor-contradiction, load', () => {
  it('finds scales that say one thing from the site until a yard has been visited, empty or full', () => {
    for (const kg of [300, FULL]) {
      const findings = found(trip(always(kg)), places);
      expect(opened(findings)).toEqual(['sensor-contradiction minor 08:00:00']);
      expect(findings[0]).toMatchObject({ scope: 'load', placeId: 'site-1', evidence: { kind: 'load', leastKg: kg, mostKg: kg } });
      expect(clockOf(findings[0]!.at)).toBe('08:20:10');
    }
  });

  it('finds scales that were silent while the truck slept in the site, and said the same all the way from there', () => {
    const slept = trip(always(300)).map((report, i, all): Report => {
      const late = report.at >= clock('08:05:00') ? { ...report, at: report.at + 20 * 60_000, digest: `later ${i}` } : report;
      return all[i]!.at === report.at ? late : report;
    });
    expect(opened(found(slept, places))).toEqual(['sensor-contradiction minor 08:00:00']);
    const worked = slept.map((report) => (report.at > clock('08:05:00') && report.at < clock('08:37:10') ? { ...report, loadKg: FULL } : report));
    expect(found(worked, places)).toEqual([]);
  });

  it('finds scales that were silent on entering, if they had just said empty and say so all the way from the site', () => {
    const silent = (kg: number) => trip({ site: (i) => (i < 1 ? 300 : null), road: kg, yard: () => kg });
    const entering = (reports: Report[]) =>
      reports.map((report) => (report.at >= clock('07:57:00') && report.at < clock('08:01:00') ? { ...report, loadKg: null } : report));
    expect(opened(found(entering(silent(300)), places))).toEqual(['sensor-contradiction minor 08:00:00']);
    expect(found(entering(silent(FULL)), places)).toEqual([]);
  });

  it('finds them on the next trip too, where the load before was dumped somewhere else than in a yard', () => {
    const dumped = [
      ...trip().filter((report) => report.at < clock('08:14:00')),
      ...stay('08:14:00', 4, east(2_600), { bedAngleDeg: 0 }).map((report, i) => ({ ...report, loadKg: i < 3 ? FULL : 300 })),
    ];
    const other = square('site', east(2_500, 2_500), 300, { id: 'site-2' });
    const moved = trip(always(300)).map((report, i) => ({
      ...report,
      at: report.at + 30 * 60_000,
      digest: `moved ${i}`,
      point: report.at >= clock('08:00:00') && report.at < clock('08:10:00') ? east(2_500, 2_500) : report.point,
    }));
    expect(opened(found([...dumped, ...moved], [...places, other]))).toEqual(['sensor-contradiction minor 08:30:00']);
  });

  it('says nothing of scales that work, though a truck queues at the yard, or passes another site with its load', () => {
    expect(found(trip(), places)).toEqual([]);
    expect(found(trip({ yard: () => FULL }), places)).toEqual([]);
    const other = square('site', east(2_500), 300, { id: 'site-2' });
    const detour = [
      ...trip().filter((report) => report.at < clock('08:13:40')),
      ...stay('08:13:40', 5, east(2_450), { loadKg: FULL, bedAngleDeg: 0 }),
      ...trip()
        .filter((report) => report.at >= clock('08:13:40'))
        .map((report) => ({ ...report, at: report.at + 300_000, digest: `later ${report.at}` })),
    ];
    expect(found(detour, [...places, other])).toEqual([]);
  });

  it('says nothing where the scales were silent for long, the visits short, or the truck first seen inside', () => {
    expect(found(trip({ ...always(FULL), site: () => null }), places)).toEqual([]);
    expect(found(trip({ ...always(FULL), road: null, site: (i) => (i < 20 ? FULL : null) }), places)).toEqual([]);
    expect(
      found(
        trip(always(FULL)).filter((r) => r.at >= clock('08:00:00')),
        places,
      ),
    ).toEqual([]);
    const hurried = trip(always(FULL)).filter((report) => report.at < clock('08:02:00') || report.at >= clock('08:10:00'));
    expect(
      found(
        hurried.map((r) => (r.at >= clock('08:10:00') ? { ...r, at: r.at - 480_000 } : r)),
        places,
      ),
    ).toEqual([]);
    expect(
      found(
        trip(always(FULL)).filter((report) => report.at < clock('08:20:00')),
        places,
      ),
    ).toEqual([]);
    expect(
      found(
        trip({ site: () => FULL }).map((report): Report => ({ ...report, loadKg: null, loadState: 'full' })),
        places,
      ),
    ).toEqual([]);
  });

  it('is right under noise, of stuck scales and of ones that work', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const tell = (reports: Report[]) => found(noisy(reports, seed), places).filter(({ scope }) => scope === 'load').length;
      expect([seed, tell(trip(always(FULL))), tell(trip())]).toEqual([seed, 1, 0]);
    }
  });
});

describe('sensor-contradiction, bed', () => {
  it('finds a truck emptied at a yard with its bed never raised, when it leaves', () => {
    const findings = found(trip({ tip: false }), places);
    expect(opened(findings)).toEqual(['sensor-contradiction minor 08:20:40']);
    expect(findings[0]).toMatchObject({ scope: 'bed', placeId: 'yard-1', evidence: { kind: 'bed', startLoadKg: FULL, loadKg: 300 } });
    expect(findings[0]!.at).toBeGreaterThan(clock('08:25:20'));
  });

  it('says nothing where the bed went up, even when the scales have said empty, or is not known', () => {
    expect(found(trip(), places)).toEqual([]);
    const late = trip({ tip: false }).map((report) =>
      report.at >= clock('08:22:00') && report.at < clock('08:22:20') ? { ...report, bedAngleDeg: 45 } : report,
    );
    expect(found(late, places)).toEqual([]);
    expect(
      found(
        trip({ tip: false }).map((report) => ({ ...report, bedAngleDeg: null })),
        places,
      ),
    ).toEqual([]);
    expect(
      found(
        trip({ tip: false }).map((report): Report => ({ ...report, bed: 'fault' })),
        places,
      ),
    ).toEqual([]);
    const blind = trip({ tip: false }).filter((report) => report.at < clock('08:20:00') || report.at >= clock('08:21:00'));
    expect(found(blind, places)).toEqual([]);
  });

  it('finds it though the bed was not heard of for a minute, if the whole load was still there after that', () => {
    const unheard = (from: string, to: string) =>
      trip({ tip: false }).map((report) => (report.at >= clock(from) && report.at < clock(to) ? { ...report, bedAngleDeg: null } : report));
    expect(found(unheard('08:18:00', '08:20:00'), places)).toHaveLength(1);
    expect(found(unheard('08:19:30', '08:21:00'), places)).toEqual([]);
  });

  it('finds it where silent scales say only on the road that the load has gone, and not where it is seen there', () => {
    const silent = (road: number) =>
      trip({ tip: false }).map((report) => {
        if (report.at < clock('08:20:00')) return report;
        return { ...report, loadKg: report.at < clock('08:26:30') ? null : road };
      });
    const findings = found(silent(300), places);
    expect(opened(findings)).toEqual(['sensor-contradiction minor 08:25:40']);
    expect(findings[0]).toMatchObject({ scope: 'bed', placeId: 'yard-1', evidence: { startLoadKg: FULL, loadKg: 300 } });
    expect(found(silent(FULL), places).filter(({ scope }) => scope === 'bed')).toEqual([]);
    const raised = silent(300).map((report) => (report.at === clock('08:26:00') ? { ...report, bedAngleDeg: 30 } : report));
    expect(found(raised, places)).toEqual([]);
  });

  it('says nothing of a truck that comes empty, or leaves with its load', () => {
    expect(found(trip({ ...always(300), site: (i) => (i < 20 ? 300 : 5_000), tip: false }), places).filter(({ scope }) => scope === 'bed')).toEqual([]);
    expect(found(trip({ yard: () => FULL, tip: false }), places)).toEqual([]);
  });

  it('is right under noise, of a bed that never rose and of one that did', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const tell = (tip: boolean) => found(noisy(trip({ tip }), seed), places).filter(({ scope }) => scope === 'bed').length;
      expect([seed, tell(false), tell(true)]).toEqual([seed, 1, 0]);
    }
  });
});

describe('sensor-contradiction, ignition', () => {
  const driven = (ignition: (i: number) => boolean | null, kmh = 30) =>
    drive('08:00:00', HOME, east(60_000), kmh, 10)
      .slice(0, 120)
      .map((report, i) => ({ ...report, ignition: ignition(i) }));

  it('finds a truck that drives for a minute with its ignition said to be off, once', () => {
    const findings = found(driven(() => false));
    expect(opened(findings)).toEqual(['sensor-contradiction minor 08:00:00']);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ scope: 'ignition', evidence: { heldS: 60, distanceM: 500, count: 1 } });
    expect(findings[0]!.ended).toBe(findings[0]!.began);
  });

  it('is told again only when the ignition has been on for a minute', () => {
    const lights = driven(() => false).map((report, i) => (i % 20 < 6 ? { ...report, speedKmh: 0 } : report));
    expect(found(lights)).toHaveLength(1);
    expect(found(driven((i) => i >= 40 && i < 44))).toHaveLength(1);
    expect(found(driven((i) => i >= 40 && i < 60))).toHaveLength(2);
  });

  it('forgives less than a minute, less than 10 km/h, silence and sensor bounce the other way', () => {
    expect(found(driven((i) => i >= 6))).toEqual([]);
    expect(found(driven(() => false, 9))).toEqual([]);
    expect(found(driven(() => null))).toEqual([]);
    expect(found(driven((i) => i % 3 !== 0))).toEqual([]);
    expect(found(stay('08:00:00', 20, HOME, { ignition: false }))).toEqual([]);
  });
});

describe('sensor-contradiction, still', () => {
  /** Drives, as the odometer and perhaps the speed have it; where the fix is, is another matter. */
  const run = (point: (i: number) => [number, number], { kmh = 40, said = {} }: { kmh?: number; said?: Partial<Report> } = {}) =>
    Array.from({ length: 100 }, (_, i) => at(clock('08:00:00') + i * 10_000, { point: point(i), speedKmh: 0, odometerKm: 88_000 + (i * kmh) / 360, ...said }));

  it('finds an odometer that runs 2 km while the fix stands still, once', () => {
    const findings = found(run(() => HOME));
    expect(opened(findings)).toEqual(['sensor-contradiction minor 08:00:00']);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ scope: 'still', evidence: { odometerGrewKm: 2, heldS: 180 } });
  });

  it('finds it where the odometer counts whole kilometres, and where the fix wanders a little', () => {
    expect(found(run(() => HOME).map((report) => ({ ...report, odometerKm: Math.floor(report.odometerKm!) })))).toHaveLength(1);
    expect(found(run((i) => east((i % 5) * 8)))).toHaveLength(1);
  });

  it('finds it where the odometer, silent in the end, has run too far when it is heard of again', () => {
    const left = (kmh: number) =>
      run((i) => (i < 60 ? HOME : east((i - 60) * 110)), { kmh }).map((report, i) => ({ ...report, odometerKm: i > 5 && i < 63 ? null : report.odometerKm }));
    expect(opened(found(left(40)))).toEqual(['sensor-contradiction minor 08:00:00']);
    expect(found(left(8))).toEqual([]);
    expect(found(left(40).map((report, i) => (i < 75 ? { ...report, odometerKm: i > 5 ? null : report.odometerKm } : report)))).toEqual([]);
  });

  it('says nothing of a truck that drives, parks or manoeuvres', () => {
    expect(found(run((i) => east((i * 40_000) / 360)))).toEqual([]);
    expect(found(run(() => HOME, { kmh: 0 }))).toEqual([]);
    expect(found(run((i) => east(i % 2 ? 45 : 0), { kmh: 16, said: { speedKmh: 16 } }))).toEqual([]);
  });

  it('says nothing of another odometer, another terminal and a pause', () => {
    expect(found(run(() => HOME, { kmh: 0 }).map((report, i) => (i < 50 ? report : { ...report, odometerKm: 93_000 })))).toEqual([]);
    expect(found(run(() => HOME).map((report, i) => ({ ...report, source: `terminal-${i % 2}` })))).toEqual([]);
    expect(found([at('08:00:00', { odometerKm: 88_000, speedKmh: 0 }), at('08:20:00', { odometerKm: 88_012, speedKmh: 0 })])).toEqual([]);
  });

  it('is right under noise, of a fix that stands still and of a truck that does', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const tell = (kmh: number) =>
        found(
          noisy(
            run(() => HOME, { kmh }),
            seed,
          ),
        ).length;
      expect([seed, tell(0)]).toEqual([seed, 0]);
      expect([seed, Math.min(1, tell(40))]).toEqual([seed, 1]);
    }
  });
});

describe('sensor-contradiction, bed-word', () => {
  const said = (bed: Report['bed'], bedAngleDeg: number | null, count = 12) => stay('08:00:00', 5, HOME, { bed, bedAngleDeg }).slice(0, count);

  it('finds a word and an angle that disagree for a minute, once', () => {
    const findings = found(said('raised', 0));
    expect(opened(findings)).toEqual(['sensor-contradiction minor 08:00:00']);
    expect(findings[0]).toMatchObject({ scope: 'bed-word', evidence: { heldS: 60 } });
    expect(found(said('down', 45, 30))).toHaveLength(1);
  });

  it('forgives angles in between, less than a minute, and what is not said', () => {
    expect(found(said('raised', 6))).toEqual([]);
    expect(found(said('down', 19))).toEqual([]);
    expect(found(said('raised', 0, 6))).toEqual([]);
    expect(found(said('raised', null))).toEqual([]);
    expect(found(said('fault', 45))).toEqual([]);
    expect(found(said(null, 45))).toEqual([]);
  });
});

describe('sensor-contradiction', () => {
  const off = (day: number, hour = '08') => drive(`+${day} ${hour}:00:00`, HOME, east(2_000), 40, 10, { ignition: false }).slice(0, 8);
  const on = (day: number, hour = '09') => drive(`+${day} ${hour}:00:00`, HOME, east(2_000), 40, 10).slice(0, 8);

  it('is serious at the third of one kind in 7 days', () => {
    const days = [0, 2, 6].flatMap((day) => [...off(day), ...on(day)]);
    expect(found(days).map(({ severity, evidence }) => [severity, evidence.count])).toEqual([
      ['minor', 1],
      ['minor', 2],
      ['serious', 3],
    ]);
    const spread = [0, 4, 8, 9].flatMap((day) => [...off(day), ...on(day)]);
    expect(found(spread).map(({ severity }) => severity)).toEqual(['minor', 'minor', 'minor', 'serious']);
  });

  it('leaves the state of a truck alone whose sensors agree', () => {
    const road = drive('08:00:00', HOME, east(9_000), 40, 10, { loadKg: FULL, bed: 'down', bedAngleDeg: 1, odometerKm: 88_000, cover: 'closed' });
    const { state } = replayed(
      sensorContradiction,
      road.map((report, i) => ({ ...report, odometerKm: 88_000 + i * 0.111 })),
    );
    expect(state.byRule).toEqual({});
  });

  it('has a sentence without holes for each kind', () => {
    const all = [
      ...found(trip(always(FULL)), places),
      ...found(trip({ tip: false }), places),
      ...found(off(0)),
      ...found(stay('08:00:00', 2, HOME, { bed: 'raised', bedAngleDeg: 0 })),
    ];
    for (const { evidence } of all) {
      const { zh, en } = sensorContradiction.say(evidence);
      expect(`${zh} ${en}`).not.toMatch(/undefined|null|NaN|Infinity/);
    }
    expect(sensorContradiction.say(found(off(0))[0]!.evidence).zh).toBe('报熄火而行驶 60 s、667 m');
  });
});
