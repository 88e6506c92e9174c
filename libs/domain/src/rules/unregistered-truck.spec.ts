import { at, HOME, opened, replay, replayed, sighted, square, TRUCK } from '../testing.js';
import { unregisteredTruck } from './unregistered-truck.js';

const places = [square('site', HOME, 300)];
const STRANGER = { plate: '皖A99999' };
const cameras = [
  { id: 'camera-1', placeId: 'site-1', point: HOME },
  { id: 'camera-2', placeId: 'site-1', point: HOME },
  { id: 'camera-3', placeId: 'yard-1', point: HOME },
];
const found = (...seen: ReturnType<typeof sighted>[]) => replay(unregisteredTruck, seen, { places, cameras });

describe('unregistered-truck', () => {
  it('finds a plate that nobody registered, the plate being its subject, at the camera’s place', () => {
    const [finding, ...more] = found(sighted('08:00:00', STRANGER));
    expect(more).toEqual([]);
    expect(opened([finding!])).toEqual(['unregistered-truck serious 08:00:00']);
    expect(finding).toMatchObject({ scope: 'site-1', placeId: 'site-1', haulId: null, evidence: { plate: '皖A99999', confidencePercent: 95 } });
    expect(finding!.id).toMatch(/^unregistered-truck:皖A99999:site-1:\d+$/);
    expect(finding!.incident).toBe(finding!.id);
    expect(finding!.ended).toBe(finding!.began);
  });

  it('says nothing of registered plates and of those one confusable character away', () => {
    for (const plate of [TRUCK.plate, '鄂SI2345', '鄂S1Z345', '鄂S1234S', '皖S12345'])
      expect([plate, found(sighted('08:00:00', { plate }))]).toEqual([plate, []]);
    for (const plate of ['鄂S12346', '鄂SIZ345', '皖SI2345']) expect([plate, found(sighted('08:00:00', { plate })).length]).toEqual([plate, 1]);
  });

  it('says nothing of a plate that was not read with confidence', () => {
    for (const said of [{ plateConfidence: 0.84 }, { plateConfidence: null }, { plate: null }])
      expect(found(sighted('08:00:00', { ...STRANGER, ...said }))).toEqual([]);
  });

  it('tells it once a plate and place in two hours from its beginning, whatever the camera', () => {
    const seen = ['08:00:00', '08:30:00', '09:59:59', '10:00:01', '11:59:00', '12:00:02'].map((time, i) =>
      sighted(time, { ...STRANGER, camera: i % 2 ? 'camera-2' : 'camera-1' }),
    );
    expect(opened(found(...seen))).toEqual(['08:00:00', '10:00:01', '12:00:02'].map((time) => `unregistered-truck serious ${time}`));
  });

  it('tells other places and other plates by themselves', () => {
    const seen = [sighted('08:00:00', STRANGER), sighted('08:10:00', { ...STRANGER, camera: 'camera-3' }), sighted('08:11:00', { plate: '皖A88888' })];
    expect(found(...seen).map(({ scope }) => scope)).toEqual(['site-1', 'yard-1', 'site-1']);
  });

  it('remembers only what is still muted', () => {
    const camera = (i: number) => ({ id: `c${i}`, placeId: `p${i}`, point: HOME });
    const seen = Array.from({ length: 30 }, (_, i) => sighted(at('08:00:00').at + i * 30 * 60_000, { ...STRANGER, camera: `c${i}` }));
    const { strangers } = replayed(unregisteredTruck, seen, { cameras: seen.map((_, i) => camera(i)) });
    expect((strangers['皖A99999']!.byRule['unregistered-truck'] as { told: unknown[] }).told).toHaveLength(5);
  });
});
