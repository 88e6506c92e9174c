import { cityInstant, cityText, nextHour } from './cityTime.js';

const SUIZHOU = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);

it("says and reads an instant on the city's clock, wherever the browser is", () => {
  expect(cityText(at('2026-11-23T21:04:40'), SUIZHOU)).toBe('2026-11-23T21:04');
  expect(cityInstant('2026-11-23T21:04', SUIZHOU)).toBe(at('2026-11-23T21:04:00'));
  expect(cityInstant('2026-07-01T00:30', 'Europe/London')).toBe(Date.parse('2026-06-30T23:30:00Z'));
  expect(cityInstant('', SUIZHOU)).toBeNull();
});

it('finds the next time an hour strikes: tonight, or tomorrow', () => {
  expect(nextHour(at('2026-11-23T21:04:40'), 8, SUIZHOU)).toBe(at('2026-11-24T08:00:00'));
  expect(nextHour(at('2026-11-23T07:59:00'), 8, SUIZHOU)).toBe(at('2026-11-23T08:00:00'));
});
