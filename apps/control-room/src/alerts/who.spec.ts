import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { anAlert } from './testing.js';
import { whoWords } from './who.js';

it('names a truck of ours, a stranger, nobody, and no truck at all', () => {
  const said = [
    anAlert({}),
    anAlert({ rule: 'unregistered-truck', truck: { id: null, plate: '鄂A9X771' } }),
    anAlert({ rule: 'spill', truck: { id: null, plate: null } }),
    anAlert({ rule: 'platform-outage', truck: { id: null, plate: null } }),
  ].map((alert) => [whoWords(alert, zh), whoWords(alert, en)]);
  expect(said).toEqual([
    ['鄂S·8K217', '鄂S·8K217'],
    ['未备案 鄂A·9X771', 'Stranger 鄂A·9X771'],
    ['未知车辆', 'Unknown truck'],
    ['平台或网络', 'Platform or network'],
  ]);
});
