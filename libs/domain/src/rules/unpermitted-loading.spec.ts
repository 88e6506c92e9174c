import { at, clock, clockOf, drive, east, HOME, noisy, opened, replay, replayed, seeded, square } from '../testing.js';
import type { Place } from '../place.js';
import type { Report } from '../report.js';
import { unpermittedLoading } from './unpermitted-loading.js';

const FULL = 18_000;
/** Comes empty, stands from 08:00 with the load that each minute says, drives off with the last of it. */
function stay(
  minutes: number,
  load: (minute: number) => number | null,
  { said = {}, came = 300, everyS = 10 }: { said?: Partial<Report>; came?: number | null; everyS?: number } = {},
): Report[] {
  const comes = drive('07:58:00', east(-1_190), east(-10), 36, everyS, { loadKg: came, ...said });
  const stands = Array.from({ length: (minutes * 60) / everyS }, (_, i) =>
    at(clock('08:00:00') + i * everyS * 1_000, { point: HOME, speedKmh: 0, loadKg: load((i * everyS) / 60), ...said }),
  );
  const end = clockOf(clock('08:00:00') + minutes * 60_000);
  return [...comes, ...stands, ...drive(end, HOME, east(1_000), 36, everyS, { loadKg: load(minutes), ...said })];
}
/** Buckets from one minute on: a third of the rated load after less than three minutes, full after seven. */
const scooped = (minute: number) => Math.min(FULL, 300 + Math.max(0, Math.floor((minute - 1) * 2)) * 1_600);
const ends = (found: ReturnType<typeof replay>) => found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!));

describe('unpermitted-loading', () => {
  it('finds a truck that is loaded while it dwells for 3 min in the open, from the beginning of the dwell', () => {
    const found = replay(unpermittedLoading, stay(9, scooped));
    // It came to within 150 m of where the dwell began when it stopped: the drive before is too fast.
    expect(opened(found)).toEqual(['unpermitted-loading serious 08:00:00']);
    expect(found[0]).toMatchObject({ scope: '-', placeId: null, evidence: { dwellMin: 3 } });
    expect(ends(found)).toEqual(['08:09:50']);
    expect(found.at(-1)!.evidence).toEqual({ durationS: 590, dwellMin: 9, loadKg: FULL });
  });

  it('finds one whose fix is poor for minutes while it stands, and not one that may have driven meanwhile', () => {
    const poor = (speedKmh: number) =>
      stay(9, scooped).map((report): Report => {
        return report.at >= clock('08:01:00') && report.at < clock('08:03:30') ? { ...report, accuracyM: 70, speedKmh } : report;
      });
    expect(opened(replay(unpermittedLoading, poor(0)))).toEqual(['unpermitted-loading serious 08:00:00']);
    expect(replay(unpermittedLoading, poor(10))).toEqual([]);
  });

  it('finds a load of which the third comes before and the rest after three minutes, or that is only known on leaving', () => {
    expect(
      opened(
        replay(
          unpermittedLoading,
          stay(5, (minute) => (minute < 1 ? 300 : FULL)),
        ),
      ),
    ).toHaveLength(1);
    expect(
      opened(
        replay(
          unpermittedLoading,
          stay(4, (minute) => (minute < 4 ? 300 : FULL)),
        ),
      ),
    ).toEqual(['unpermitted-loading serious 08:00:00']);
  });

  it('forgives less than 3 min, and a truck that came loaded or of whose load nobody knew that it was none', () => {
    expect(
      replay(
        unpermittedLoading,
        stay(2, (minute) => (minute < 1 ? 300 : FULL)),
      ),
    ).toEqual([]);
    expect(
      replay(
        unpermittedLoading,
        stay(9, () => FULL, { came: FULL }),
      ),
    ).toEqual([]);
    expect(
      replay(
        unpermittedLoading,
        stay(9, (minute) => (minute < 4 ? null : FULL), { came: null }),
      ),
    ).toEqual([]);
    expect(
      replay(
        unpermittedLoading,
        stay(9, () => 300),
      ),
    ).toEqual([]);
  });

  it('says nothing in a site, yard or lot, not widened', () => {
    const placesOf = (kind: Place['kind'], centre = HOME) => ({ places: [square(kind, centre, 200)] });
    for (const kind of ['site', 'yard', 'parking-lot'] as const) {
      expect(replay(unpermittedLoading, stay(9, scooped), placesOf(kind))).toEqual([]);
      expect(opened(replay(unpermittedLoading, stay(9, scooped), placesOf(kind, east(0, 115))))).toHaveLength(1);
    }
    for (const kind of ['no-go', 'speed-zone', 'wash-bay'] as const)
      expect(opened(replay(unpermittedLoading, stay(9, scooped), placesOf(kind)))).toHaveLength(1);
  });

  it('does not accuse a truck that is loaded in a site while some of its fixes lie beyond the border', () => {
    const places = [square('site', east(-90), 200)];
    const astray = stay(9, scooped).map((report, i) => (i > 15 && i % 3 ? { ...report, point: east(14) } : report));
    expect(replay(unpermittedLoading, astray, { places })).toEqual([]);
  });

  it('does not accuse a truck that queues at the gate and is loaded inside', () => {
    const places = [square('site', east(250), 300)];
    const queue = stay(5, () => 300).filter(({ at: time }) => time < clock('08:05:00'));
    const enters = drive('08:05:00', HOME, east(250), 10, 10, { loadKg: 300 });
    const loads = Array.from({ length: 30 }, (_, i) => at(clock('08:06:40') + i * 10_000, { point: east(250), speedKmh: 0, loadKg: i < 6 ? 300 : FULL }));
    expect(replay(unpermittedLoading, [...queue, ...enters, ...loads], { places })).toEqual([]);
  });

  it('needs one place: a truck that crawls through a jam dwells nowhere', () => {
    const jam = drive('08:00:00', HOME, east(2_000), 12, 10, { loadKg: 300 }).map((report, i) => (i < 40 ? report : { ...report, loadKg: FULL }));
    expect(replay(unpermittedLoading, jam)).toEqual([]);
  });

  it('does not take a load that seems gone for two readings for loading', () => {
    const glitch = stay(12, (minute) => (minute > 5 && minute < 5.4 ? 300 : FULL), { came: FULL });
    expect(replay(unpermittedLoading, glitch)).toEqual([]);
  });

  it('is broken by a pause, in which anything may have happened', () => {
    const sleeps = stay(40, (minute) => (minute < 30 ? 300 : FULL)).filter(({ at: time }) => time < clock('08:02:00') || time > clock('08:35:00'));
    expect(replay(unpermittedLoading, sleeps)).toEqual([]);
  });

  it('finds a terminal that reports once a minute, and one that says words', () => {
    expect(opened(replay(unpermittedLoading, stay(12, scooped, { everyS: 60 })))).toHaveLength(1);
    const words = stay(9, () => null, { came: null }).map((report): Report => ({ ...report, loadState: report.at < clock('08:03:00') ? 'empty' : 'half' }));
    const found = replay(unpermittedLoading, words);
    expect(opened(found)).toHaveLength(1);
    expect(unpermittedLoading.say(found[0]!.evidence)).toEqual({
      zh: '在工地、消纳场、停车场以外停留 3 min 后由空车变为重车',
      en: 'stood 3 min outside every site, yard and parking lot and was loaded there',
    });
  });

  it('holds under noise, and finds nothing of trucks that only stand', () => {
    const random = seeded(17);
    for (let run = 0; run < 25; run++) {
      expect(opened(replay(unpermittedLoading, noisy(stay(9, scooped), random)))).toHaveLength(1);
      expect(
        replay(
          unpermittedLoading,
          noisy(
            stay(20, () => 300),
            random,
          ),
        ),
      ).toEqual([]);
      expect(
        replay(
          unpermittedLoading,
          noisy(
            stay(20, () => FULL, { came: FULL }),
            random,
          ),
        ),
      ).toEqual([]);
      expect(replay(unpermittedLoading, noisy(stay(9, scooped), random), { places: [square('site', HOME, 160)] })).toEqual([]);
    }
    expect(replayed(unpermittedLoading, drive('08:00:00', HOME, east(3_000), 40, 10, { loadKg: 300 })).state.byRule).toEqual({});
  });
});
