import { at, clock, drive, east, HOME, noisy, opened, replay, sighted, square } from '../testing.js';
import { clonedPlate } from './cloned-plate.js';

const places = [square('site', HOME, 300)];
const cameras = [
  { id: 'camera-1', placeId: 'site-1', point: HOME },
  { id: 'camera-2', placeId: 'site-2', point: east(10_000) },
  { id: 'camera-3', placeId: 'site-3', point: east(4_900) },
];
const found = (happenings: Parameters<typeof replay>[1]) => replay(clonedPlate, happenings, { places, cameras });
const seen = (time: string, camera = 'camera-1', said = {}) => sighted(time, { camera, ...said });

describe('cloned-plate, at two cameras', () => {
  it('finds a plate 10 km further on after two minutes, at the later sighting', () => {
    const findings = found([seen('08:00:00'), seen('08:02:00', 'camera-2')]);
    expect(opened(findings)).toEqual(['cloned-plate critical 08:02:00']);
    expect(findings[0]).toMatchObject({
      scope: 'camera-2',
      point: east(10_000),
      evidence: { kind: 'camera', km: 10, apartS: 120, neededKmh: 200, otherCamera: 'camera-1' },
    });
    expect(findings[0]!.ended).toBe(findings[0]!.began);
  });

  it('finds it at the same instant, once', () => {
    expect(opened(found([seen('08:00:00'), seen('08:00:00', 'camera-2')]))).toEqual(['cloned-plate critical 08:00:00']);
  });

  it('forgives what a truck can drive after a minute is added for the clocks, and less than 5 km', () => {
    expect(found([seen('08:00:00'), seen('08:03:00', 'camera-2')])).toEqual([]);
    expect(found([seen('08:00:00'), seen('08:02:59', 'camera-2')])).toHaveLength(1);
    expect(found([seen('08:00:00'), seen('08:00:00', 'camera-3')])).toEqual([]);
  });

  it('forgives plates read with less than 0.9, on either side, and strangers', () => {
    expect(found([seen('08:00:00', 'camera-1', { plateConfidence: 0.89 }), seen('08:01:00', 'camera-2')])).toEqual([]);
    expect(found([seen('08:00:00'), seen('08:01:00', 'camera-2', { plateConfidence: 0.89 })])).toEqual([]);
    expect(found([seen('08:00:00', 'camera-1', { plate: '皖A99999' }), seen('08:01:00', 'camera-2', { plate: '皖A99999' })])).toEqual([]);
  });

  it('tells one alert for each sighting of the clone', () => {
    const findings = found([seen('08:00:00'), seen('08:01:00', 'camera-2'), seen('08:02:00'), seen('08:03:00', 'camera-2')]);
    // What was told of is not held against the truck, seen where it had been before.
    expect(opened(findings)).toEqual(['cloned-plate critical 08:01:00', 'cloned-plate critical 08:03:00']);
  });
});

describe('cloned-plate, at a camera and at its own terminal', () => {
  const elsewhere = (from: string, count = 30) => Array.from({ length: count }, (_, i) => at(clock(from) + i * 10_000, { point: east(8_000), speedKmh: 0 }));

  it('finds a truck whose own terminal is 8 km away, once', () => {
    const findings = found([...elsewhere('07:58:00', 13), seen('08:00:00'), ...elsewhere('08:00:10')]);
    expect(opened(findings)).toEqual(['cloned-plate critical 08:00:00']);
    expect(findings[0]!.evidence).toMatchObject({ kind: 'terminal', km: 8, apartS: 0, otherCamera: null });
  });

  it('finds it by the reports after the sighting, where there were none before', () => {
    const findings = found([seen('08:00:00'), ...elsewhere('08:00:20')]);
    expect(opened(findings)).toEqual(['cloned-plate critical 08:00:00']);
    expect(findings[0]!.evidence).toMatchObject({ kind: 'terminal', apartS: 20 });
    expect(opened(found([...elsewhere('08:00:20', 8), seen('08:00:00')]))).toEqual(['cloned-plate critical 08:00:00']);
  });

  it('forgives a truck that was there a while ago, or is there soon enough', () => {
    expect(found([...elsewhere('07:30:00', 10), seen('08:00:00')])).toEqual([]);
    expect(found([...elsewhere('07:30:00', 10), seen('08:00:00'), ...elsewhere('08:02:30')])).toEqual([]);
  });

  it('forgives a truck that drives past its camera, whatever the noise', () => {
    const road = drive('07:50:00', east(-10_000), east(10_000), 60, 10);
    for (let seed = 1; seed <= 20; seed++) {
      const reports = noisy(road, seed);
      // The clock of the camera is 30 s off.
      for (const time of ['07:59:30', '08:00:00', '08:00:30']) {
        const [before, after] = [reports.filter((report) => report.at <= clock(time)), reports.filter((report) => report.at > clock(time))];
        expect(found([...before, seen(time), ...after])).toEqual([]);
      }
    }
  });

  it('says where else, and how soon', () => {
    const [finding] = found([...elsewhere('07:58:00', 13), seen('08:00:05')]);
    expect(clonedPlate.say(finding!.evidence)).toEqual({
      zh: '与本车终端相距 8 km、相隔 5 s 出现同一号牌',
      en: 'was seen 8 km from its own terminal within 5 s',
    });
  });
});
