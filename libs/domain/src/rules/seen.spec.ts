import { at, drive, east, HOME, opened, replay, sighted, square } from '../testing.js';
import type { AnyRule } from './index.js';
import { illegalDumping } from './illegal-dumping.js';
import { spill } from './spill.js';

const places = [square('site', HOME, 300)];
const CASES = [
  { rule: spill as unknown as AnyRule, kind: 'spill' as const, zh: '被摄像机看到抛洒（可信度 80%）' },
  { rule: illegalDumping as unknown as AnyRule, kind: 'dumping' as const, zh: '被摄像机看到倾倒（可信度 80%）' },
];

describe.each(CASES)('$kind, seen by a camera', ({ rule, kind, zh }) => {
  const seen = (said = {}) => sighted('08:00:00', { kind, confidence: 0.8, ...said });
  const found = (...happenings: Parameters<typeof replay>[1]) => replay([rule], happenings, { places });

  it('is found of the truck that the plate names, at the camera, over as soon as seen', () => {
    const [finding, ...more] = found(at('07:59:55', { point: east(900) }), seen(), ...drive('08:00:05', HOME, east(900), 40, 5));
    expect(more).toEqual([]);
    expect(opened([finding!])).toEqual([`${rule.code} critical 08:00:00`]);
    expect(finding).toMatchObject({ scope: 'camera-1', placeId: 'site-1', point: HOME, evidence: { kind: 'seen', confidencePercent: 80 } });
    expect(finding!.id).toBe(`${rule.code}:truck-1:camera-1:${finding!.began}`);
    expect(finding!.ended).toBe(finding!.began);
    expect(rule.say(finding!.evidence).zh).toBe(zh);
  });

  it('is found of a plate that nobody registered, and where none could be read of nobody', () => {
    expect(found(seen({ plate: '皖A99999' }))[0]!.id).toMatch(new RegExp(`^${rule.code}:皖A99999:camera-1:`));
    for (const said of [{ plate: null }, { plateConfidence: 0.84 }, { plateConfidence: null }]) {
      const [finding] = found(seen(said));
      expect(finding!.id).toMatch(new RegExp(`^${rule.code}:-:camera-1:`));
      expect(finding!.incident).toBe(finding!.id);
    }
  });

  it('forgives less than 0.8, an unsaid confidence and other kinds', () => {
    expect(found(seen({ confidence: 0.79 }))).toEqual([]);
    expect(found(seen({ confidence: null }))).toEqual([]);
    expect(found(seen({ kind: 'pass' }))).toEqual([]);
    expect(found(seen({ kind: kind === 'spill' ? 'dumping' : 'spill' }))).toEqual([]);
  });

  it('tells each sighting, and the same one once', () => {
    expect(found(seen(), seen(), sighted('08:00:30', { kind, confidence: 0.9 }))).toHaveLength(2);
  });
});
