import { anAlert } from '../alerts/testing.js';
import { zh } from '../i18n/zh.js';
import { cameraWords, sightingsOf, sightingWords } from './sightings.js';
import { aSighting } from './testing.js';

it('says what the camera said with its confidence, and nothing that it did not', () => {
  const seen = aSighting({ direction: 'out', covered: false, coveredConfidence: 0.934, wheelsClean: true });
  expect(sightingWords(seen, zh)).toEqual([
    { words: '出', bad: false },
    { words: '未覆盖 0.93', bad: true },
    { words: '车轮已冲洗', bad: false },
  ]);
  expect(sightingWords(aSighting(), zh)).toEqual([]);
  expect(sightingWords(aSighting({ kind: 'dumping', confidence: 0.9 }), zh)).toEqual([{ words: '倾倒 0.90', bad: true }]);
});

it('names the place and its camera', () => {
  expect(cameraWords(aSighting())).toBe('城南安置房 · 东门抓拍机');
  expect(cameraWords(aSighting({ camera: { id: 'c', name: '城南安置房东门' } }))).toBe('城南安置房东门');
  expect(cameraWords(aSighting({ place: null }))).toBe('东门抓拍机');
});

describe('the sightings near an alert', () => {
  const began = '2026-11-23T13:00:00.000Z';
  const asked = (said: Parameters<typeof anAlert>[0]) => {
    const path = sightingsOf(anAlert({ began, ...said }));
    return path && Object.fromEntries(new URLSearchParams(path.split('?')[1]));
  };

  it('are those of its truck, a quarter of an hour around it', () => {
    expect(asked({ ended: '2026-11-23T13:10:00.000Z' })).toEqual({
      truck: 'truck-7',
      from: '2026-11-23T12:45:00.000Z',
      to: '2026-11-23T13:25:00.000Z',
      limit: '50',
    });
    expect(asked({ ended: null })).toEqual({ truck: 'truck-7', from: '2026-11-23T12:45:00.000Z', limit: '50' });
  });

  it('are those of a stranger’s plate, or of the place at that moment, or none', () => {
    const place = { id: 's1', kind: 'site' as const, name: '城南安置房', distanceM: 0 };
    expect(asked({ truck: { id: null, plate: '鄂A9X771' } })).toMatchObject({ plate: '鄂A9X771' });
    expect(asked({ truck: { id: null, plate: null }, place })).toMatchObject({ place: 's1', from: '2026-11-23T12:58:00.000Z' });
    expect(asked({ truck: { id: null, plate: null } })).toBeNull();
  });
});
