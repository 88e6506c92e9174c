import { stripOf } from './strip.js';
import { anAlert } from './testing.js';

const at = (time: string) => `2026-11-23T${time}.000Z`;
const now = Date.parse(at('13:10:00'));

it('lays the alerts of an incident on one axis, the worst uppermost, and draws what goes on until now', () => {
  const strip = stripOf(
    [
      anAlert({ id: 'd', severity: 'critical', began: at('13:08:00'), ended: at('13:08:00') }),
      anAlert({ id: 'u', severity: 'serious', began: at('13:00:00'), ended: null }),
      anAlert({ id: 's', severity: 'minor', began: at('13:05:00'), ended: at('13:06:00') }),
    ],
    now,
  );
  expect(strip!.stripes).toEqual([
    { id: 's', severity: 'minor', leftPct: 50, widthPct: 10 },
    { id: 'u', severity: 'serious', leftPct: 0, widthPct: 100 },
    { id: 'd', severity: 'critical', leftPct: 80, widthPct: 1.5 },
  ]);
});

it('is not drawn for one moment', () => {
  expect(stripOf([anAlert({ began: at('13:00:00'), ended: at('13:00:00') })], now)).toBeNull();
});
