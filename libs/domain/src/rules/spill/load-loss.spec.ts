import { at, clock, clockOf, drive, east, HOME, noisy, opened, replay, replayed, square } from '../../testing.js';
import type { Place } from '../../place.js';
import type { Report } from '../../report.js';
import { spill } from '../spill.js';

const FULL = 18_000;
const SITE = square('site', HOME, 300);
/** Loads at the site until 08:00 and drives away at 40 km/h. */
function hauled(kgAt: (secondsAfter8: number) => number, { everyS = 10, minutes = 12 } = {}): Report[] {
  const loading = Array.from({ length: 24 }, (_, i) => at(clock('07:56:00') + i * 10_000, { speedKmh: 0, loadKg: i < 12 ? 300 : FULL }));
  const road = drive('08:00:00', HOME, east(60_000), 40, everyS).slice(0, (minutes * 60) / everyS);
  return [...loading, ...road.map((report) => ({ ...report, loadKg: kgAt((report.at - clock('08:00:00')) / 1_000) }))];
}
const found = (reports: Report[], places: Place[] = [SITE]) => replay(spill, reports, { places });
/** Falls by so much within ten seconds at 08:05. */
const drops = (kg: number) => (s: number) => (s < 300 ? FULL : FULL - kg);
const FROM = 'spill critical 08:05:30';

describe('spill, load-loss', () => {
  it('finds a load that grows lighter on the road by 5 % of the rated load and stays so for 60 s', () => {
    const findings = found(hauled(drops(1_000)));
    // The median of the last minute falls when half of it lies after 08:05.
    expect(opened(findings)).toEqual([FROM]);
    expect(findings[0]).toMatchObject({
      scope: 'load-loss',
      placeId: null,
      evidence: { kind: 'load-loss', startLoadKg: FULL, loadKg: 17_000, lossKg: 1_000, durationS: 60 },
    });
  });

  it('finds a load that trickles away, and says how much of it as it goes on', () => {
    const findings = found(hauled((s) => FULL - Math.max(0, s - 240) * 8));
    expect(opened(findings)).toHaveLength(1);
    expect(Number(findings.at(-1)!.evidence.lossKg)).toBeGreaterThan(3_000);
  });

  it('forgives less than 5 %, and of a small truck less than 500 kg', () => {
    expect(found(hauled(drops(990)))).toEqual([]);
    const small = { id: 'truck-1', plate: '鄂S12345', companyId: 'company-1', ratedLoadKg: 8_000, boxM3: 8, colour: null };
    const light = (kg: number) => hauled((s) => (s < 300 ? 7_000 : 7_000 - kg)).map((r) => (r.loadKg === FULL ? { ...r, loadKg: 7_000 } : r));
    expect(replay(spill, light(490), { places: [SITE], truck: small })).toEqual([]);
    expect(opened(replay(spill, light(500), { places: [SITE], truck: small }))).toHaveLength(1);
  });

  it('forgives a load that is lighter for less than a minute', () => {
    expect(found(hauled((s) => (s >= 300 && s < 350 ? FULL - 2_000 : FULL)))).toEqual([]);
  });

  /** Stands from 08:05 for so long, the load settling meanwhile. */
  const settled = (standS: number, said: Partial<Report> = {}) =>
    hauled(drops(1_500))
      .map((report): Report => {
        if (report.at < clock('08:05:00')) return report;
        return { ...report, at: report.at + standS * 1_000, digest: `later ${report.at}` };
      })
      .concat(
        Array.from({ length: Math.floor(standS / 10) }, (_, i) =>
          at(clock('08:05:00') + i * 10_000, { point: east(3_300), speedKmh: 0, loadKg: FULL, ...said }),
        ),
      )
      .sort((a, b) => a.at - b.at);

  it('ends the watch at a stop of more than a minute or a raised bed, and not at the lights', () => {
    expect(opened(found(settled(50)))).toHaveLength(1);
    expect(found(settled(90))).toEqual([]);
    expect(found(settled(30, { bedAngleDeg: 15 }))).toEqual([]);
  });

  it('watches anew after a stop', () => {
    const later = settled(120).map((report) => (report.at > clock('08:11:00') ? { ...report, loadKg: FULL - 3_500 } : report));
    expect(opened(found(later))).toEqual(['spill critical 08:11:40']);
  });

  it('ends the watch over a hole in which the truck may have stopped, not over one that it drove through', () => {
    const hole = (to: string) => hauled(drops(1_500)).filter((report) => report.at < clock('08:04:55') || report.at >= clock(to));
    expect(opened(found(hole('08:06:10')))).toHaveLength(1);
    const stopped = hole('08:05:00').map((report) => (report.at < clock('08:05:00') ? report : { ...report, at: report.at + 90_000 }));
    expect(found(stopped)).toEqual([]);
  });

  it('does not watch at a work place, nor a truck that says words only, nor one with faulty scales', () => {
    const yard = square('yard', east(3_500), 2_000);
    expect(found(hauled(drops(1_500)), [SITE, yard])).toEqual([]);
    expect(found(hauled(drops(1_500)).map((report): Report => ({ ...report, loadKg: null, loadState: 'full' })))).toEqual([]);
    expect(found(hauled(drops(1_500)).map((report): Report => (report.at > clock('08:03:00') ? { ...report, loadState: 'fault' } : report)))).toEqual([]);
  });

  it('is one episode until the end of the haul, though more is lost after a stop', () => {
    const lost = settled(120).map((report) => (report.at > clock('08:11:00') ? { ...report, loadKg: FULL - 3_500 } : report));
    const twice = lost.map((report) => (report.at > clock('08:03:00') && report.at < clock('08:05:00') ? { ...report, loadKg: FULL - 1_500 } : report));
    const tipped = Array.from({ length: 4 }, (_, i) => at(clock('08:15:00') + i * 10_000, { point: east(8_300), speedKmh: 0, loadKg: 200 }));
    const findings = found([...twice, ...tipped]);
    expect(opened(findings)).toEqual(['spill critical 08:03:40']);
    expect(findings.at(-1)).toMatchObject({ opened: false, ended: clock('08:15:10') });
    expect(clockOf(findings.at(-1)!.began)).toBe('08:03:40');
  });

  it('is right under noise: 8 % lost is found, an honest load never', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const tell = (kg: number) => opened(found(noisy(hauled(drops(kg), { minutes: 45 }), seed))).length;
      expect([seed, tell(1_800), tell(0)]).toEqual([seed, 1, 0]);
    }
  });

  it('finds it at one report a second; terminals that report each 30 s are not watched', () => {
    expect(opened(found(hauled(drops(1_500), { everyS: 1 })))).toHaveLength(1);
    expect(found(hauled(drops(1_500), { everyS: 30 }))).toEqual([]);
  });

  it('keeps a small memory, and none of a truck without a load', () => {
    const { state } = replayed(
      spill,
      hauled(() => FULL, { everyS: 1 }),
      { places: [SITE] },
    );
    expect(JSON.stringify(state.byRule).length).toBeLessThan(700);
    expect(replayed(spill, drive('08:00:00', HOME, east(5_000), 40, 10, { loadKg: 300 })).state.byRule).toEqual({});
  });

  it('says how much is gone', () => {
    const [first] = found(hauled(drops(1_000)));
    expect(spill.say(first!.evidence)).toEqual({
      zh: '行驶中载重减少 1.0 t（由 18.0 t 降至 17.0 t）',
      en: 'lost 1.0 t of its load on the road (from 18.0 t to 17.0 t)',
    });
  });
});
