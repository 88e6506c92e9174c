import { doubtAbout } from './doubt.js';
import { compareReports, type Report } from './report.js';
import { RULES } from './rules/index.js';
import { NEW_TRUCK, type TruckState } from './state.js';
import { type Taken, take } from './take.js';
import { at, drive, east, TRUCK, worldsOf } from './testing.js';

const judging = { truck: TRUCK, worlds: worldsOf(), rules: RULES };
function taken(reports: Report[]): { kinds: string[]; state: TruckState; last: Taken } {
  const kinds: string[] = [];
  let [state, last]: [TruckState, Taken | null] = [NEW_TRUCK, null];
  for (const report of reports) {
    last = take(state, report, judging);
    kinds.push(last.kind);
    if (last.kind === 'believed' || last.kind === 'doubted') state = last.state;
  }
  return { kinds, state, last: last! };
}
const kinds = (...reports: Report[]) => taken(reports).kinds;
const far = (time: string, metres = 10_000, said: Partial<Report> = {}) => at(time, { point: east(metres), ...said });

describe('doubt', () => {
  it('is about fixes worse than 500 m', () => {
    expect(doubtAbout(at('08:00:00', { accuracyM: 500 }), null)).toBeNull();
    expect(doubtAbout(at('08:00:00', { accuracyM: 501 }), null)).toBe('accuracy');
  });

  it('is about jumps of more than 200 m that need more than 200 km/h, a second at least being gone', () => {
    const last = at('08:00:00');
    expect(doubtAbout(far('08:00:10', 550), last)).toBeNull();
    expect(doubtAbout(far('08:00:10', 560), last)).toBe('jump');
    expect(doubtAbout(far('08:00:00', 199, { digest: 'other' }), last)).toBeNull();
    expect(doubtAbout(far('08:00:00', 201, { digest: 'other' }), last)).toBe('jump');
    expect(doubtAbout(far('09:00:00', 190_000), last)).toBeNull();
  });
});

describe('a report offered to its truck', () => {
  it('is believed, known already, or late', () => {
    expect(kinds(at('08:00:00'), at('08:00:10'), at('08:00:10'), at('08:00:05'), at('08:00:00'))).toEqual([
      'believed',
      'believed',
      'duplicate',
      'late',
      'late',
    ]);
  });

  it('is late by its time whatever its terminal', () => {
    expect(kinds(at('08:00:10'), at('08:00:05', { source: 'terminal-2' }))).toEqual(['believed', 'late']);
    expect(kinds(at('08:00:10'), at('08:00:10', { source: 'terminal-2' }))).toEqual(['believed', 'believed']);
  });

  it('is taken in the order of seq, else of content, where several have one time', () => {
    const [a, b] = [at('08:00:00', { seq: 7, digest: 'z' }), at('08:00:00', { seq: 8, digest: 'a' })];
    expect(kinds(a, b)).toEqual(['believed', 'believed']);
    expect(kinds(b, a)).toEqual(['believed', 'late']);
    const [c, d] = [at('08:00:00', { digest: 'c' }), at('08:00:00', { digest: 'd' })];
    expect(kinds(c, d)).toEqual(['believed', 'believed']);
    expect(kinds(d, c)).toEqual(['believed', 'late']);
    expect(kinds(a, at('08:00:00', { source: 'terminal-2' }), b, a)).toEqual(['believed', 'believed', 'late', 'duplicate']);
  });

  it('is doubted when it jumps, and believed with the two before it when three agree', () => {
    const jumped = [far('08:00:10'), far('08:00:20', 10_050), far('08:00:30', 10_100)];
    expect(kinds(at('08:00:00'), ...jumped)).toEqual(['believed', 'doubted', 'doubted', 'believed']);
    const { last, state } = taken([at('08:00:00'), ...jumped]);
    expect(last).toMatchObject({ kind: 'believed', rehabilitated: jumped.slice(0, 2) });
    expect(last.kind === 'believed' && last.steps.map(({ state: { last: newest } }) => newest!.at)).toEqual(jumped.map((report) => report.at));
    expect(state).toMatchObject({ last: jumped[2], doubted: [] });
  });

  it('is believed only where all three agree with each other', () => {
    expect(kinds(at('08:00:00'), far('08:00:10'), far('08:00:20', 20_000), far('08:00:30'), far('08:00:40'))).toEqual([
      'believed',
      'doubted',
      'doubted',
      'doubted',
      'doubted',
    ]);
    // Each of these is near the one before, the third not near the first.
    const drifting = [0, 150, 300].map((more, i) => far('08:00:10', 10_000 + more, { digest: `d${i}` }));
    expect(kinds(at('08:00:00'), ...drifting)).toEqual(['believed', 'doubted', 'doubted', 'doubted']);
  });

  it('starts to be doubted anew when the truck was where it should be in between', () => {
    expect(kinds(at('08:00:00'), far('08:00:10'), far('08:00:20'), at('08:00:25'), far('08:00:30'))).toEqual([
      'believed',
      'doubted',
      'doubted',
      'believed',
      'doubted',
    ]);
  });

  it('says that it came out of order where a later one is doubted already, believed itself or not', () => {
    const outOfOrder = (...reports: Report[]) => {
      const { last } = taken(reports);
      return 'outOfOrder' in last && last.outOfOrder;
    };
    const [first, second, third] = [far('08:00:10'), far('08:00:20', 10_050), far('08:00:30', 10_100)];
    expect(outOfOrder(at('08:00:00'), first, third, second)).toBe(true);
    expect(outOfOrder(at('08:00:00'), first, third, at('08:00:20'))).toBe(true);
    expect(outOfOrder(at('08:00:00'), first, second, third)).toBe(false);
    expect(outOfOrder(at('08:00:00'), first, at('08:00:20'))).toBe(false);
    expect(outOfOrder(at('08:00:00'), first, at('08:00:05', { accuracyM: 900 }))).toBe(false);
  });

  it('changes nothing when it is doubted again', () => {
    const [first, stray] = [far('08:00:10'), far('08:00:20', 20_000)];
    const clean = taken([at('08:00:00'), first, stray]).state;
    expect(taken([at('08:00:00'), first, first, stray, stray, first]).state).toEqual(clean);
    const poor = at('08:00:30', { accuracyM: 900 });
    expect(taken([at('08:00:00'), first, stray, poor, poor]).state).toEqual(clean);
  });

  it('gives no alert from its bed, load or speed while it is doubted', () => {
    const wild = drive('08:00:10', east(10_000), east(30_000), 200, 5, { loadKg: 18_000, cover: 'open', bedAngleDeg: 45 }).map((report, i) => ({
      ...report,
      point: east(10_000 * (i + 1)),
    }));
    const { state, kinds: each } = taken([at('08:00:00', { speedKmh: 0 }), ...wild.slice(0, 10)]);
    expect(each.slice(1).every((kind) => kind === 'doubted')).toBe(true);
    expect(state.byRule).toEqual({});
  });

  it('may come from a terminal whose id every object knows', () => {
    for (const source of ['constructor', '__proto__', 'toString']) {
      expect(kinds(at('08:00:00', { source }), at('08:00:10', { source }), at('08:00:10', { source }))).toEqual(['believed', 'believed', 'duplicate']);
    }
  });
});

describe('the order of reports', () => {
  it('is one order, however many say a seq', () => {
    const reports = [
      at('08:00:00', { seq: 1, digest: 'z' }),
      at('08:00:00', { seq: 2, digest: 'a' }),
      at('08:00:00', { seq: null, digest: 'm' }),
      at('08:00:00', { seq: null, digest: 'b' }),
      at('08:00:00', { seq: 1, digest: 'a', source: 'terminal-0' }),
    ];
    const sorted = [4, 0, 1, 3, 2].map((i) => reports[i]!);
    for (let turn = 0; turn < reports.length; turn++) {
      expect([...reports.slice(turn), ...reports.slice(0, turn)].sort(compareReports)).toEqual(sorted);
      expect([...reports.slice(turn), ...reports.slice(0, turn)].reverse().sort(compareReports)).toEqual(sorted);
    }
  });
});
