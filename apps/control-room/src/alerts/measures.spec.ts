import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { measureWords, metres } from './measures.js';

it('shows every number with the unit that its name ends in', () => {
  const said = [
    measureWords('minSpeedKmh', 10, en),
    measureWords('holdS', 20, en),
    measureWords('raisedDeg', 14.2, en),
    measureWords('lossKg', 1_800, en),
    measureWords('lossShare', 0.05, en),
    measureWords('distanceM', 1_310, en),
    measureWords('heldMs', 132_000, en),
    measureWords('confidence', 0.8, en),
  ];
  expect(said).toEqual(['10 km/h', '20 s', '14.2°', '1.8 t', '5 %', '1.3 km', '2 min 12 s', '0.8']);
});

it('says that something was not said, never 0', () => {
  expect(measureWords('loadKg', null, zh)).toBe('未上报');
});

it('gives metres below a kilometre', () => {
  expect(metres(379.6, zh)).toBe('380 m');
});
