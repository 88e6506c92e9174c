import { FLEET_LIMITS, type FleetFinding, type FleetState, type FleetTruck, NEW_FLEET, stepFleet } from './fleet-rule.js';
import { clock, clockOf, HOME, seeded } from './testing.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';
import { silentTerminal } from './rules/silent-terminal.js';
import { platformOutage } from './rules/platform-outage.js';

const TICK_MS = 30 * SECOND_MS;
const said = ({ opened, ended, rule, subject, severity, began }: FleetFinding) =>
  `${opened ? 'opened' : ended === null ? 'grew' : 'ended'} ${rule} ${subject} ${severity} ${clockOf(began)}`;

interface Terminal extends FleetTruck {
  everyMs: number;
  /** While one of these lasts nothing is heard of it. */
  silences: [from: EpochMs, to: EpochMs][];
  /** When its ignition goes off, which it says, and on again. */
  parked: [from: EpochMs, to: EpochMs][];
  phaseMs: number;
}

/** A fleet by the clock: terminals that report, each at its interval, and a server that ticks while it runs. */
class City {
  readonly terminals: Terminal[];
  readonly findings: (FleetFinding & { toldAt: EpochMs })[] = [];
  state: FleetState = NEW_FLEET;
  liveSince: EpochMs;
  now: EpochMs;
  /** While one of these lasts the server is not there; terminals keep what they say and tell it later. */
  down: [from: EpochMs, to: EpochMs][] = [];

  constructor(count: number, start: string, everyMs = (_i: number) => 10 * SECOND_MS) {
    this.now = this.liveSince = clock(start);
    this.terminals = Array.from({ length: count }, (_, i): Terminal => {
      const known = { lastAt: this.now, heardAt: this.now, ignition: true, loaded: false, atWorkPlace: false, point: HOME, haulId: null };
      return {
        truckId: `truck-${i}`,
        plate: `P${i}`,
        companyId: 'company-1',
        ...known,
        everyMs: everyMs(i),
        phaseMs: (i * 977) % everyMs(i),
        silences: [],
        parked: [],
      };
    });
  }

  silence(numbers: number[], from: string | EpochMs, minutes: number, spreadMs = 0): void {
    numbers.forEach((number, i) => {
      const start = (typeof from === 'number' ? from : clock(from)) + (numbers.length > 1 ? (spreadMs * i) / (numbers.length - 1) : 0);
      this.terminals[number]!.silences.push([start, start + minutes * MINUTE_MS]);
    });
  }

  run(until: string | EpochMs, lost: () => boolean = () => false): this {
    const end = typeof until === 'number' ? until : clock(until);
    for (; this.now <= end; this.now += TICK_MS) {
      if (within(this.down, this.now)) continue;
      if (within(this.down, this.now - TICK_MS)) this.liveSince = this.now;
      for (const terminal of this.terminals) this.#hear(terminal, lost);
      const { state, findings } = stepFleet(this.state, { at: this.now, liveSince: this.liveSince, trucks: this.terminals, limits: FLEET_LIMITS });
      this.state = JSON.parse(JSON.stringify(state)) as FleetState;
      this.findings.push(...findings.map((finding) => ({ ...finding, toldAt: this.now })));
    }
    return this;
  }

  said(): string[] {
    return this.findings.map(said);
  }

  #hear(terminal: Terminal, lost: () => boolean): void {
    const { everyMs, phaseMs } = terminal;
    for (let at = Math.ceil((this.now - TICK_MS + 1 - phaseMs) / everyMs) * everyMs + phaseMs; at <= this.now; at += everyMs) {
      if (within(terminal.silences, at) || lost()) continue;
      // One that is parked says so once and then sleeps.
      const parked = within(terminal.parked, at);
      if (parked && terminal.ignition === false) continue;
      terminal.ignition = !parked;
      terminal.lastAt = terminal.heardAt = at;
    }
  }
}

const within = (spans: [from: EpochMs, to: EpochMs][], at: EpochMs) => spans.some(([from, to]) => at >= from && at < to);
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

describe('silent-terminal', () => {
  it('is told 12 min after the last word of a terminal with its ignition on, and ends when it is heard again', () => {
    const city = new City(40, '08:00:00');
    city.silence([3], '08:10:05', 20);
    city.run('08:40:00');
    expect(city.said()).toEqual(['opened silent-terminal truck-3 minor 08:10:02', 'ended silent-terminal truck-3 minor 08:10:02']);
    const [opened, ended] = city.findings;
    expect(clockOf(opened!.toldAt)).toBe('08:22:30');
    expect(opened).toMatchObject({ scope: '-', ended: null, point: HOME, plate: 'P3', companyId: 'company-1', evidence: { silentMin: 12, loaded: false } });
    expect(clockOf(ended!.ended!)).toBe('08:30:22');
    expect(ended!.evidence).toMatchObject({ durationS: 1_220, silentMin: 20 });
  });

  it('is serious for a truck that was loaded and away from work', () => {
    const city = new City(40, '08:00:00');
    Object.assign(city.terminals[3]!, { loaded: true, haulId: 'truck-3:1' });
    Object.assign(city.terminals[4]!, { loaded: true, atWorkPlace: true });
    city.silence([3, 4], '08:10:05', 20);
    city.run('08:25:00');
    expect(city.said()).toEqual(['opened silent-terminal truck-3 serious 08:10:02', 'opened silent-terminal truck-4 minor 08:10:03']);
    expect(city.findings[0]!.haulId).toBe('truck-3:1');
  });

  it('says nothing of less than 12 min, nor of a truck that said that it switched off, or did not say', () => {
    const city = new City(40, '08:00:00');
    city.silence([1], '08:10:00', 11.5);
    city.terminals[2]!.parked = [[clock('08:10:00'), clock('12:00:00')]];
    city.silence([3], '08:10:00', 60);
    city.run('08:10:00');
    city.terminals[3]!.ignition = null;
    expect(city.run('09:30:00').said()).toEqual([]);
  });

  it('counts whatever came from the terminal, quarantined or doubted: only the beginning is that of the last fix', () => {
    const city = new City(40, '08:00:00');
    city.silence([3], '08:10:05', 60);
    city.run('08:15:00');
    city.terminals[3]!.heardAt = clock('08:15:00');
    city.run('08:30:00');
    expect(city.said()).toEqual(['opened silent-terminal truck-3 minor 08:10:02']);
    expect(clockOf(city.findings[0]!.toldAt)).toBe('08:27:00');
  });

  it('ends for a truck that is retired', () => {
    const city = new City(40, '08:00:00');
    city.silence([39], '08:10:05', 600);
    city.run('08:30:00');
    city.terminals.pop();
    city.run('08:31:00');
    expect(city.said()[1]).toMatch(/^ended silent-terminal truck-39/);
    expect(city.state.silences).toEqual([]);
  });

  it('keeps apart trucks whose ids every object knows', () => {
    const city = new City(40, '08:00:00');
    Object.assign(city.terminals[1]!, { truckId: '__proto__' });
    Object.assign(city.terminals[2]!, { truckId: 'constructor' });
    city.silence([1, 2], '08:10:00', 20);
    city.run('08:40:00');
    expect(city.said()).toHaveLength(4);
  });
});

describe('platform-outage', () => {
  it('is told once where a third falls silent together, accuses none of them, and ends when half are heard again', () => {
    const city = new City(300, '08:00:00');
    city.silence(numbers(100), '08:10:00', 30, 90 * SECOND_MS);
    city.run('09:30:00');
    expect(city.said()).toEqual(['opened platform-outage - critical 08:09:50', 'ended platform-outage - critical 08:09:50']);
    const [opened, ended] = city.findings;
    expect(opened!.evidence).toMatchObject({ terminals: 100, online: 300, sharePct: 33, heardAgain: 0 });
    expect(clockOf(opened!.toldAt)).toBe('08:22:00');
    expect(clockOf(ended!.ended!)).toBe('08:41:00');
    expect(city.state.excused).toEqual([]);
  });

  it('does not accuse those who stay away when it is over, until they have been heard and fall silent again', () => {
    const city = new City(300, '08:00:00');
    city.silence(numbers(100), '08:10:00', 30);
    city.silence([5], '08:10:00', 120);
    city.silence([5], '10:20:00', 20);
    city.run('10:45:00');
    expect(city.said()).toEqual([
      'opened platform-outage - critical 08:09:50',
      'ended platform-outage - critical 08:09:50',
      'opened silent-terminal truck-5 minor 10:19:54',
      'ended silent-terminal truck-5 minor 10:19:54',
    ]);
  });

  it('needs 30 % and ten terminals', () => {
    const few = new City(300, '08:00:00');
    few.silence(numbers(80), '08:10:00', 20);
    few.run('08:25:00');
    expect(new Set(few.findings.map(({ rule }) => rule))).toEqual(new Set(['silent-terminal']));
    expect(few.findings).toHaveLength(80);
    const small = new City(20, '08:00:00');
    small.silence(numbers(9), '08:10:00', 20);
    expect(small.run('08:25:00').findings).toHaveLength(9);
    const ten = new City(20, '08:00:00');
    ten.silence(numbers(10), '08:10:00', 20);
    expect(ten.run('08:25:00').said()).toEqual(['opened platform-outage - critical 08:09:50']);
  });

  it('counts those online when it began, not those who started or parked since', () => {
    const start = new City(300, '08:00:00');
    for (const terminal of start.terminals.slice(30)) terminal.ignition = false;
    for (const terminal of start.terminals.slice(30)) terminal.parked = [[0, clock('08:14:00')]];
    start.silence(numbers(12), '08:10:00', 20);
    expect(start.run('08:25:00').said()).toEqual(['opened platform-outage - critical 08:09:50']);
    expect(start.findings[0]!.evidence).toMatchObject({ terminals: 12, online: 30 });
    const end = new City(300, '08:00:00');
    for (const terminal of end.terminals.slice(30)) terminal.parked = [[clock('08:14:00'), clock('20:00:00')]];
    end.silence(numbers(12), '08:10:00', 20);
    expect(new Set(end.run('08:25:00').findings.map(({ rule }) => rule))).toEqual(new Set(['silent-terminal']));
  });

  it('is not made of silences that have nothing to do with each other', () => {
    const city = new City(30, '08:00:00');
    city.silence(numbers(12), '08:10:00', 20, 36 * MINUTE_MS);
    city.run('09:10:00');
    expect(city.findings.filter(({ rule, opened }) => opened && rule === 'silent-terminal')).toHaveLength(12);
  });

  it('takes in those whose last word was a little earlier, and a terminal that reports each minute', () => {
    const city = new City(300, '08:00:00', (i) => (i % 3 ? 10 : 60) * SECOND_MS);
    city.silence(numbers(150), '08:10:00', 30, 110 * SECOND_MS);
    let seed = 1;
    city.run('09:00:00', () => (seed = (seed * 48_271) % 2_147_483_647) % 10 === 0);
    expect(new Set(city.findings.map(({ rule }) => rule))).toEqual(new Set(['platform-outage']));
    expect(city.findings.filter(({ opened }) => opened)).toHaveLength(1);
  });

  it('excuses the stragglers of one that is over before it is told, and accuses them when they stay away', () => {
    const city = new City(300, '08:00:00');
    city.silence(numbers(200), '08:10:00', 8);
    city.silence(numbers(10), '08:10:00', 15);
    city.silence([0], '08:10:00', 40);
    city.run('09:00:00');
    expect(city.said()).toEqual(['opened silent-terminal truck-0 minor 08:09:50', 'ended silent-terminal truck-0 minor 08:09:50']);
    expect(clockOf(city.findings[0]!.toldAt)).toBe('08:30:30');
  });

  it('may be followed by another before it is over', () => {
    const city = new City(300, '08:00:00');
    city.silence(numbers(100), '08:10:00', 60);
    city.silence(numbers(100, 100), '08:20:00', 60);
    city.run('09:40:00');
    expect(city.findings.filter(({ opened }) => opened).map(said)).toEqual([
      'opened platform-outage - critical 08:09:50',
      'opened platform-outage - critical 08:19:50',
    ]);
    expect(city.findings.filter(({ ended }) => ended !== null)).toHaveLength(2);
  });
});

describe('a restart of the server', () => {
  it('accuses nobody of our own silence', () => {
    for (const minutes of [1, 5, 9, 11, 60, 600]) {
      const city = new City(300, '08:00:00');
      city.down = [[clock('09:00:00'), clock('09:00:00') + minutes * MINUTE_MS]];
      // Who says that it parks while nobody listens is never heard of again.
      if (minutes > 10) city.silence(numbers(40), clock('09:00:10'), 10_000);
      expect(city.run(clock('09:30:00') + minutes * MINUTE_MS).said()).toEqual([]);
    }
  });

  it('delays an accusation and loses none', () => {
    const city = new City(300, '08:00:00');
    city.silence([7], '08:10:05', 60);
    city.down = [[clock('08:15:00'), clock('08:17:00')]];
    city.run('09:30:00');
    expect(city.said()).toEqual(['opened silent-terminal truck-7 minor 08:09:56', 'ended silent-terminal truck-7 minor 08:09:56']);
    expect(clockOf(city.findings[0]!.toldAt)).toBe('08:29:00');
  });

  it('neither ends nor opens again what is open, though less is remembered of when a truck was heard', () => {
    const city = new City(300, '08:00:00');
    city.silence([7], '08:10:05', 60);
    city.silence(numbers(120, 100), '08:30:00', 60);
    city.run('08:12:00');
    city.terminals[7]!.heardAt += 20 * SECOND_MS;
    city.down = [[clock('08:50:00'), clock('08:52:00')]];
    city.run('08:49:00');
    for (const terminal of city.terminals) terminal.heardAt = terminal.lastAt - 5 * SECOND_MS;
    city.run('10:00:00');
    expect(city.said()).toEqual([
      'opened silent-terminal truck-7 minor 08:09:56',
      'opened platform-outage - critical 08:29:50',
      'ended silent-terminal truck-7 minor 08:09:56',
      'ended platform-outage - critical 08:29:50',
    ]);
  });
});

describe('a day of 300 trucks', () => {
  it('tells each outage once, each lasting silence once, and nobody else', () => {
    const random = seeded(23);
    const city = new City(300, '00:00:00', (i) => (i % 5 === 0 ? 30 : 15) * SECOND_MS);
    // The last 60 park for most of the day.
    for (const terminal of city.terminals.slice(240)) terminal.parked = [[clock('02:00:00'), clock('+1 20:00:00')]];
    const outages = Array.from({ length: 24 }, (_, i) => {
      const from = clock('00:20:00') + i * 80 * MINUTE_MS;
      const count = Math.round(240 * [0.4, 0.55, 0.8, 1][i % 4]!);
      const members = numbers(240)
        .sort(() => random() - 0.5)
        .slice(0, count);
      const minutes = 14 + Math.floor(random() * 25);
      city.silence(members, from, minutes, random() * 100 * SECOND_MS);
      return { from, to: from + minutes * MINUTE_MS, members };
    });
    const singles = Array.from({ length: 60 }, (_, i) => {
      const from = clock('01:05:00') + Math.floor(i / 3) * 80 * MINUTE_MS + (i % 3) * 3 * MINUTE_MS;
      const number = Math.floor(random() * 240);
      city.silence([number], from, 13.5);
      return { from, truckId: `truck-${number}` };
    });
    const restarts = [3, 9, 14].map((hour): [EpochMs, EpochMs] => [clock('00:55:00') + hour * 80 * MINUTE_MS, clock('00:57:00') + hour * 80 * MINUTE_MS]);
    city.down = restarts;
    city.run('+1 10:00:00', () => random() < 0.1);

    const opened = (rule: string) => city.findings.filter((finding) => finding.opened && finding.rule === rule);
    expect(opened('platform-outage')).toHaveLength(24);
    opened('platform-outage').forEach(({ began, evidence }, i) => {
      expect(Math.abs(began - outages[i]!.from)).toBeLessThan(2.5 * MINUTE_MS);
      expect(evidence.terminals).toBeGreaterThanOrEqual(outages[i]!.members.length);
      expect(evidence.online).toBeLessThanOrEqual(300);
    });
    const accused = opened('silent-terminal').map(({ subject, began }) => `${subject} ${Math.round(began / (5 * MINUTE_MS))}`);
    const guilty = singles.map(({ truckId, from }) => [0, 1].map((n) => `${truckId} ${Math.round(from / (5 * MINUTE_MS)) - n}`));
    for (const one of accused) expect(guilty.flat()).toContain(one);
    expect(accused).toHaveLength(60);
    expect(city.findings.filter(({ ended }) => ended !== null)).toHaveLength(84);
    expect(city.state).toMatchObject({ silences: [], outages: [], excused: [] });
    expect(JSON.stringify(city.state).length).toBeLessThan(4_096);
  });
});

describe('the sentences of both', () => {
  it('say how long, and how many of how many', () => {
    expect(silentTerminal.say({ silentMin: 12, loaded: true })).toEqual({
      zh: '重车点火状态下终端失联 12 min',
      en: 'has been silent for 12 min with its ignition on, loaded',
    });
    expect(silentTerminal.say({ silentMin: 12, loaded: false }).zh).toBe('点火状态下终端失联 12 min');
    expect(platformOutage.say({ terminals: 100, online: 300, sharePct: 33 })).toEqual({
      zh: '在线 300 台终端中有 100 台（33%）几乎同时失联',
      en: '100 of 300 terminals online (33 %) fell silent at once',
    });
  });
});
