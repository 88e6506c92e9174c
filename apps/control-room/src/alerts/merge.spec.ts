import { mergeAlerts, mergeSnapshot, withNewestDecided, withoutDecided } from './merge.js';
import { anAlert } from './testing.js';

const known = new Map([['a', anAlert({ id: 'a', version: 3 })]]);

describe('an alert heard again', () => {
  it('keeps the greater version, whichever way it came', () => {
    expect(mergeAlerts(known, [anAlert({ id: 'a', version: 2, status: 'confirmed' })])).toBe(known);
    expect(mergeAlerts(known, [anAlert({ id: 'a', version: 4, status: 'confirmed' })]).get('a')?.status).toBe('confirmed');
  });

  it('leaves the map it was given alone', () => {
    mergeAlerts(known, [anAlert({ id: 'a', version: 4 }), anAlert({ id: 'b' })]);
    expect([...known.keys()]).toEqual(['a']);
    expect(known.get('a')?.version).toBe(3);
  });
});

describe('a snapshot after the line was broken', () => {
  it('tells what arrived and what others settled', () => {
    const before = new Map([
      ['a', anAlert({ id: 'a' })],
      ['b', anAlert({ id: 'b', status: 'acknowledged' })],
      ['old', anAlert({ id: 'old', status: 'dismissed' })],
    ]);
    const back = mergeSnapshot(before, [anAlert({ id: 'a' }), anAlert({ id: 'new', severity: 'critical' })]);
    expect(back.arrived.map((x) => x.id)).toEqual(['new']);
    expect(back.settled.map((x) => x.id)).toEqual(['b']);
    expect([...back.alerts.keys()]).toEqual(['a', 'old', 'new']);
  });

  it('counts an alert that it shows decided as settled and keeps it', () => {
    const back = mergeSnapshot(new Map([['a', anAlert({ id: 'a' })]]), [anAlert({ id: 'a', version: 2, status: 'confirmed' })]);
    expect(back.settled.map((x) => x.id)).toEqual(['a']);
    expect(back.alerts.get('a')?.status).toBe('confirmed');
  });
});

describe('a page that stays open', () => {
  const since = Date.parse('2026-11-23T12:00:00Z');
  const decided = (id: string, at: string, incident = id) => anAlert({ id, incident, status: 'confirmed', decision: { by: 'night', at, reason: null } });

  it('lets go what was decided before the shift, an incident at a time, and never what is looked at', () => {
    const all = [
      decided('old', '2026-11-23T11:00:00Z'),
      decided('new', '2026-11-23T12:30:00Z'),
      decided('half', '2026-11-23T11:00:00Z', 'both'),
      anAlert({ id: 'other half', incident: 'both' }),
      decided('looked at', '2026-11-23T11:00:00Z'),
    ];
    const kept = withoutDecided(new Map(all.map((alert) => [alert.id, alert])), since, 'looked at');
    expect([...kept.keys()]).toEqual(['new', 'half', 'other half', 'looked at']);
    expect(withoutDecided(kept, since, 'looked at')).toBe(kept);
  });

  it('keeps of what is decided the newest only, and of what is undecided all', () => {
    const at = (minute: number) => new Date(since + minute * 60_000).toISOString();
    const night = Array.from({ length: 480 }, (_, n) => decided(`d${n}`, at(n)));
    const open = Array.from({ length: 300 }, (_, n) => anAlert({ id: `o${n}` }));
    const half = [decided('half', at(0), 'both'), anAlert({ id: 'other half', incident: 'both' })];
    const all = new Map([...open, ...half, ...night].map((alert) => [alert.id, alert]));
    const { alerts, letGoAt } = withNewestDecided(all, 100, 'd7');
    expect([...alerts.keys()].filter((id) => id.startsWith('d'))).toEqual(['d7', ...night.slice(380).map(({ id }) => id)]);
    expect(alerts.size).toBe(300 + 2 + 1 + 100);
    expect(letGoAt).toBe(since + 379 * 60_000);
    expect(withNewestDecided(alerts, 100, 'd7')).toEqual({ alerts, letGoAt: null });
  });
});
