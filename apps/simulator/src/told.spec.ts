import { can, Commands, spread } from './commands.js';
import type { WireCommand } from './commands.js';
import { makeFleet } from './fleet.js';
import { understood } from './orders.js';
import { nightPhoto } from './photo.js';
import { simulate } from './simulate.js';
import type { SimulateOptions } from './simulate.js';
import { clock, HOUR, reportsOf, theCity, timeOf } from './testing.js';
import type { Truth } from './truth.js';
import type { WireReport } from './report.js';

const SAID: WireCommand = { id: 'c-1', kind: 'speak', text: '' };
const CLOSE = { ...SAID, text: '您的车辆顶盖未关闭，请就近安全停车，关好顶盖后再行驶。' };

describe('a sentence', () => {
  it('is understood by its words', () => {
    expect(understood(CLOSE.text)).toEqual({ do: 'close-cover' });
    expect(understood('您已超速，此处限速40公里，请减速行驶。')).toEqual({ do: 'slow-down', kmh: 40 });
    expect(understood('请减速')).toEqual({ do: 'slow-down', kmh: null });
    expect(understood('您的车斗未放下，请立即安全停车，放下车斗后再行驶。')).toEqual({ do: 'lower-bed' });
    expect(understood('您好')).toBeNull();
  });
});

describe('a driver who is told', () => {
  const city = theCity();
  const fleet = makeFleet(city, 1, 60);
  const from = clock('22:00:00');
  const options = (more: Partial<SimulateOptions> = {}): SimulateOptions => {
    return { city, fleet, seed: 1, from, to: from + HOUR, violations: 0.3, coverage: 'off', obedient: 1, ...more };
  };
  /** The day of one truck, told things at their times. */
  const dayOf = (truckId: string, tell: [at: number, command: WireCommand][], more: Partial<SimulateOptions> = {}) => {
    const day = simulate(options(more));
    const { terminal } = fleet.trucks.find(({ id }) => id === truckId)!;
    const left = [...tell];
    const sent = [];
    for (const one of day.sent) {
      while (left[0] && left[0][0] <= one.at) day.told(terminal.id, left.shift()![1], one.at);
      sent.push(one);
    }
    const reports = reportsOf(sent).get(terminal.id)!;
    return { reports: reports.map(({ report }) => report), points: reports, truth: day.truth.filter((deed) => deed.truckId === truckId) };
  };
  const after = (reports: WireReport[], at: number) => reports.filter((report) => timeOf(report) > at);
  /** Nothing that a truck could not drive. */
  const expectNoJump = ({ points }: ReturnType<typeof dayOf>) => {
    for (let i = 1; i < points.length; i++) {
      const [one, other] = [points[i - 1]!, points[i]!];
      const metres = Math.hypot(other.point.x - one.point.x, other.point.y - one.point.y);
      expect(metres).toBeLessThan(40 + ((other.at - one.at) / 1000) * 28);
    }
  };
  const honest = simulate(options());
  const all = [...honest.sent];
  const first = (rule: Truth['rule'], leastMs = 0): Truth =>
    honest.truth.find((deed) => deed.rule === rule && deed.truckId !== null && deed.from > from && deed.to - deed.from > leastMs)!;

  it('closes the cover, and truth says until when it was open', () => {
    const deed = first('uncovered-load', 90_000);
    const at = deed.from + 40_000;
    const told = dayOf(deed.truckId!, [[at, CLOSE]]);
    const open = told.truth.find(({ rule, from }) => rule === 'uncovered-load' && from === deed.from)!;
    expect(open.note).toContain('put right after a word');
    expect(open.to - at).toBeGreaterThan(3_000);
    expect(open.to - at).toBeLessThan(30_000);
    expect(after(told.reports, open.to + 1_000)[0]!.cover).toBe('closed');
    expectNoJump(told);
  });

  it('does nothing where he does not listen', () => {
    const deed = first('uncovered-load', 90_000);
    const { terminalId } = deed;
    const told = dayOf(deed.truckId!, [[deed.from + 40_000, CLOSE]], { obedient: 0 });
    expect(told.reports).toEqual(
      reportsOf(all)
        .get(terminalId!)!
        .map(({ report }) => report),
    );
  });

  it('slows down, comes later, and jumps nowhere', () => {
    const deed = first('speeding', 45_000);
    const at = deed.from + 20_000;
    const told = dayOf(deed.truckId!, [[at, { ...SAID, text: '您已超速，请减速行驶。' }]]);
    const fast = told.truth.find(({ rule, from }) => rule === 'speeding' && from === deed.from)!;
    expect(fast.to).toBeLessThanOrEqual(deed.to);
    for (const report of after(told.reports, fast.to + 2_000).filter((report) => timeOf(report) < fast.to + 60_000)) {
      expect(report.speedKmh ?? 0).toBeLessThan(60);
    }
    expectNoJump(told);
  });

  it('keeps to a limit until it is released', () => {
    const { truckId } = first('uncovered-load');
    const told = dayOf(truckId!, [
      [from + 60_000, { id: 'a', kind: 'limit-speed', kmh: 30 }],
      [from + 40 * 60_000, { id: 'b', kind: 'release' }],
    ]);
    const limited = after(told.reports, from + 120_000).filter((report) => timeOf(report) < from + 40 * 60_000);
    expect(Math.max(...limited.map(({ speedKmh }) => speedKmh ?? 0))).toBeLessThan(33);
    expect(limited.some(({ speedKmh }) => (speedKmh ?? 0) > 15)).toBe(true);
    expectNoJump(told);
  });

  it('does not raise the bed while that is locked, and does when it is released', () => {
    // One that tips in a yard in this hour.
    const tipper = fleet.trucks.find(({ terminal }) => {
      const mine = reportsOf(all).get(terminal.id) ?? [];
      return mine.filter(({ at, report }) => at > from + 10 * 60_000 && at < from + 25 * 60_000 && isUp(report)).length > 2;
    })!;
    const told = dayOf(tipper.id, [
      [from + 9 * 60_000, { id: 'a', kind: 'limit-lift' }],
      [from + 40 * 60_000, { id: 'b', kind: 'release' }],
    ]);
    const up = told.reports.filter((report) => isUp(report) && timeOf(report) > from + 10 * 60_000).map(timeOf);
    expect(up.filter((at) => at < from + 40 * 60_000)).toEqual([]);
    expect(up.length).toBeGreaterThan(2);
    expectNoJump(told);
  });

  it('is found by cameras where he then is', () => {
    const deed = first('uncovered-load', 90_000);
    const told = dayOf(deed.truckId!, [[deed.from + 30_000, { id: 'a', kind: 'limit-speed', kmh: 30 }]]);
    expect(told.truth.every(({ from, to }) => to >= from)).toBe(true);
  });
});

function isUp(report: WireReport): boolean {
  return report.bed === 'raised' || (report.bedAngleDeg ?? 0) > 15;
}

describe('a terminal', () => {
  const take = (id: string, command: Partial<WireCommand>, done: WireCommand[] = []) =>
    new Commands(id, () => 1_000_000, (one) => done.push(one)).take(Buffer.from(JSON.stringify({ ...SAID, ...command }))); // prettier-ignore

  it('answers received, then done, once whatever is delivered twice', () => {
    const done: WireCommand[] = [];
    const commands = new Commands('t-1', () => 0, (one) => done.push(one)); // prettier-ignore
    const payload = Buffer.from(JSON.stringify({ ...SAID, kind: 'display', text: '好' }));
    const taken = commands.take(payload)!;
    expect(taken.first.status).toBe('received');
    expect(taken.last!()).toMatchObject({ id: 'c-1', status: 'done' });
    expect(commands.take(payload)).toMatchObject({ first: { status: 'done' }, last: null });
    expect(done).toHaveLength(1);
  });

  it('drops what has expired and what is nonsense', () => {
    expect(take('t-1', { expiresAt: new Date(999_999).toISOString() })).toBeNull();
    expect(new Commands('t-1', () => 0, () => undefined).take(Buffer.from('nonsense'))).toBeNull(); // prettier-ignore
  });

  it('may lack what is asked of it: a few have no loudspeaker, some no camera and no limiter', () => {
    const ids = Array.from({ length: 300 }, (_, i) => `ztc-${i}`);
    const share = (kind: string) => ids.filter((id) => can(id, kind)).length / ids.length;
    expect(share('speak')).toBeGreaterThan(0.9);
    expect(share('speak')).toBeLessThan(1);
    expect(share('capture')).toBeLessThan(0.8);
    expect(share('limit-lift')).toBe(share('release'));
    expect(share('dance')).toBe(0);
    const obedient = ids.filter((_, i) => spread(`obeys truck-${String(i + 1).padStart(4, '0')}`) < 0.7).length / ids.length;
    expect(obedient).toBeGreaterThan(0.62);
    expect(obedient).toBeLessThan(0.78);
    const mute = ids.find((id) => !can(id, 'speak'))!;
    expect(take(mute, {})).toMatchObject({ first: { status: 'unsupported' }, last: null });
  });

  it('takes a photo that is one', () => {
    const png = Buffer.from(nightPhoto('c-1'), 'base64');
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(png.length).toBeLessThan(40_000);
  });
});
