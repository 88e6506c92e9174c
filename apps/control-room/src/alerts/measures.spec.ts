import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { measureName, measureWords, metres, unitOf } from './measures.js';

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

it('knows a least number of terminals from minutes', () => {
  expect([measureWords('outageMin', 10, en), measureWords('silentMin', 10, en)]).toEqual(['10', '10 min']);
});

it('gives long times in the unit people think in', () => {
  expect([measureWords('gapS', 1_500, en), measureWords('muteMin', 120, zh), measureWords('gapS', 90, en)]).toEqual(['25 min', '2 小时', '90 s']);
});

it('says instants by the city clock, yes and no in words, and words of rules in the language', () => {
  const clock = () => '21:04:40';
  const said = [measureWords('otherAt', 1_795_439_050_000, zh, { clock }), measureWords('seenAt', '2026-11-23T13:04:40Z', zh, { clock })];
  expect(said).toEqual(['21:04:40', '21:04:40']);
  expect([measureWords('certain', true, zh), measureWords('certain', false, en), measureWords('kind', 'load-loss', zh)]).toEqual(['是', 'no', '载重流失']);
});

it('reads a name that no dictionary knows by its own words', () => {
  expect([measureName('longestWaitS', zh), measureName('gateCount', en), measureName('maxOffM', zh)]).toEqual(['Longest wait', 'Gate count', '最远偏离']);
  expect([unitOf('format'), unitOf('otherAt'), unitOf('GPS'), unitOf('lossShare')]).toEqual([null, 'at', null, 'share']);
});

it('gives a word the meaning that the rule gives it', () => {
  const said = [undefined, 'sensor-contradiction', 'cloned-plate'].map((rule) => measureWords('kind', 'camera', zh, { rule }));
  expect(said).toEqual(['抓拍', '抓拍与顶盖传感器不符', '另一抓拍机']);
  expect([measureName('distanceM', zh), measureName('distanceM', zh, 'track-gap')]).toEqual(['行驶距离', '缺失距离']);
});

it('says shares that are given in percent, and bare kilometres', () => {
  expect([measureWords('percentOfRated', 124, en), measureWords('confidencePercent', 91, en), measureWords('km', 12.3, en)]).toEqual([
    '124 %',
    '91 %',
    '12.3 km',
  ]);
});
