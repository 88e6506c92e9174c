import { at, drive, east, HOME, opened, replay, sighted, square, TRUCK } from '../testing.js';
import { unwashedDeparture } from './unwashed-departure.js';

const places = [square('site', HOME, 300)];
const DIRTY = { wheelsClean: false, wheelsCleanConfidence: 0.9 };

describe('unwashed-departure', () => {
  it('finds a truck that leaves a site with dirty wheels, at the camera, over as soon as seen', () => {
    const found = replay(unwashedDeparture, [at('07:59:58'), sighted('08:00:00', DIRTY)], { places });
    expect(opened(found)).toEqual(['unwashed-departure serious 08:00:00']);
    expect(found[0]).toMatchObject({ scope: 'camera-1', placeId: 'site-1', point: HOME, evidence: { confidencePercent: 90 } });
    expect(found[0]!.ended).toBe(found[0]!.began);
  });

  it('is told once, whatever the truck reports afterwards, and when the sighting comes again', () => {
    const seen = sighted('08:00:00', DIRTY);
    expect(replay(unwashedDeparture, [at('07:59:58'), seen, ...drive('08:00:02', HOME, east(500), 30, 5), seen], { places })).toHaveLength(1);
  });

  it('forgives clean wheels, doubt, silence of the camera, trucks driving in and cameras that hang elsewhere', () => {
    const silent = [
      { wheelsClean: true, wheelsCleanConfidence: 0.99 },
      { ...DIRTY, wheelsCleanConfidence: 0.79 },
      { ...DIRTY, wheelsCleanConfidence: null },
      { wheelsClean: null, wheelsCleanConfidence: 0.99 },
      { ...DIRTY, direction: 'in' as const },
      { ...DIRTY, direction: null },
    ];
    for (const said of silent) expect(replay(unwashedDeparture, [sighted('08:00:00', said)], { places })).toEqual([]);
    for (const kind of ['yard', 'wash-bay', 'parking-lot'] as const) {
      expect(replay(unwashedDeparture, [sighted('08:00:00', DIRTY)], { places: [square(kind, HOME, 300, { id: 'site-1' })] })).toEqual([]);
    }
    expect(replay(unwashedDeparture, [sighted('08:00:00', DIRTY)])).toEqual([]);
    const closed = [square('site', HOME, 300, { hours: [{ from: '20:00', to: '05:00' }] })];
    expect(replay(unwashedDeparture, [sighted('08:00:00', DIRTY)], { places: closed })).toEqual([]);
  });

  it('accuses nobody whose plate was not read or is not registered', () => {
    for (const said of [{ plate: null }, { plateConfidence: 0.84 }, { plateConfidence: null }, { plate: '皖A99999' }]) {
      expect(replay(unwashedDeparture, [sighted('08:00:00', { ...DIRTY, ...said })], { places })).toEqual([]);
    }
  });

  it('tells each truck by itself', () => {
    const other = { ...TRUCK, id: 'truck-2', plate: '鄂S99999' };
    const found = replay(unwashedDeparture, [sighted('08:00:00', DIRTY), sighted('08:00:20', { ...DIRTY, plate: other.plate })], {
      places,
      registered: [other],
    });
    expect(found.map(({ id }) => id.split(':')[1])).toEqual(['truck-1', 'truck-2']);
  });

  it('says how sure the camera was', () => {
    const [found] = replay(unwashedDeparture, [sighted('08:00:00', DIRTY)], { places });
    expect(unwashedDeparture.say(found!.evidence).zh).toBe('未冲洗干净驶出工地（可信度 90%）');
  });
});
