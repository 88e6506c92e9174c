import type { Alert } from '@muckwatch/contract';
import { goesOn, groupIncidents, NO_FILTER, otherRules, passes, queueOrder, undecidedCounts } from './incidents.js';
import { anAlert } from './testing.js';

const at = (time: string) => `2026-11-23T${time}.000Z`;

describe('incidents', () => {
  it('puts the alerts of one haul into one row, led by the worst', () => {
    const [incident, ...rest] = groupIncidents([
      anAlert({ id: 'a', incident: 'h1', rule: 'speeding', severity: 'minor', began: at('13:06:00') }),
      anAlert({ id: 'b', incident: 'h1', rule: 'spill', severity: 'critical', began: at('13:04:40') }),
      anAlert({ id: 'c', incident: 'h1', rule: 'uncovered-load', severity: 'serious', began: at('13:01:30') }),
    ]);
    expect(rest).toEqual([]);
    expect(incident?.lead.id).toBe('b');
    expect(otherRules(incident!).map(({ rule }) => rule)).toEqual(['uncovered-load', 'speeding']);
  });

  it('is led by what is still to be decided, even where something worse is settled', () => {
    const [incident] = groupIncidents([
      anAlert({ id: 'a', incident: 'h1', severity: 'critical', status: 'confirmed' }),
      anAlert({ id: 'b', incident: 'h1', severity: 'minor', status: 'acknowledged' }),
    ]);
    expect(incident).toMatchObject({ stage: 'acknowledged', severity: 'minor', lead: { id: 'b' } });
  });

  it('goes on while something undecided in it does, and nobody doubts it', () => {
    const over = anAlert({ id: 'a', incident: 'h1', severity: 'critical', began: at('13:04:40'), ended: at('13:05:00'), cleared: true });
    const still = anAlert({ id: 'b', incident: 'h1', severity: 'minor', ended: null, cleared: false });
    const isOn = (alerts: Alert[]) => goesOn(groupIncidents(alerts)[0]!);
    expect(isOn([over])).toBe(false);
    expect(isOn([over, still])).toBe(true);
    expect(isOn([over, { ...still, status: 'dismissed' }])).toBe(false);
    expect(isOn([{ ...still, snoozed: true }])).toBe(false);
  });

  it('is late only when everything undecided in it is late', () => {
    const late = anAlert({ id: 'a', incident: 'h1', late: true });
    const live = anAlert({ id: 'b', incident: 'h1' });
    expect(groupIncidents([late])[0]?.late).toBe(true);
    expect(groupIncidents([late, live])[0]?.late).toBe(false);
    expect(groupIncidents([late, { ...live, status: 'dismissed' }])[0]?.late).toBe(true);
  });
});

describe('an uncovered haul off its route, speeding, that ends in a field', () => {
  const haul = [
    anAlert({ id: 'u', incident: 'h1', rule: 'uncovered-load', severity: 'serious', began: at('13:01:30') }),
    anAlert({ id: 'o', incident: 'h1', rule: 'off-route', severity: 'serious', began: at('13:05:00') }),
    anAlert({ id: 's', incident: 'h1', rule: 'speeding', severity: 'minor', began: at('13:07:00') }),
    anAlert({ id: 's2', incident: 'h1', rule: 'speeding', severity: 'minor', began: at('13:09:00') }),
    anAlert({ id: 'd', incident: 'h1', rule: 'illegal-dumping', severity: 'critical', began: at('13:20:00') }),
  ];

  it('is one row: the dumping, then the others worst first, each rule once', () => {
    const [incident] = groupIncidents(haul);
    expect(incident).toMatchObject({ lead: { id: 'd' }, severity: 'critical' });
    expect(otherRules(incident!).map(({ rule }) => rule)).toEqual(['off-route', 'uncovered-load', 'speeding']);
  });

  it('stands where its worst open alert puts it, not where a settled one would', () => {
    const settled = haul.map((alert) => (alert.id === 'd' ? { ...alert, status: 'confirmed' as const } : alert));
    const another = anAlert({ id: 'z', severity: 'critical', began: at('12:00:00') });
    expect(queueOrder(groupIncidents([...settled, another])).map(({ lead }) => lead.id)).toEqual(['z', 'o']);
  });
});

describe('what is out of the way', () => {
  const contradicted = { at: at('14:00:00'), reason: 'x', reasonZh: 'x' };

  it('is snoozed or contradicted: below everything, counted in no head line, and not gone', () => {
    const alerts = [
      anAlert({ id: 'snoozed', severity: 'critical', snoozed: true }),
      anAlert({ id: 'doubted', severity: 'serious', contradicted }),
      anAlert({ id: 'minor', severity: 'minor' }),
    ];
    expect(queueOrder(groupIncidents(alerts)).map(({ id, quiet }) => [id, quiet])).toEqual([
      ['minor', null],
      ['snoozed', 'snoozed'],
      ['doubted', 'contradicted'],
    ]);
    expect(undecidedCounts(alerts)).toEqual({ critical: 0, serious: 0, minor: 1 });
  });

  it('never leads an incident that has something louder', () => {
    const [incident] = groupIncidents([
      anAlert({ id: 'a', incident: 'h1', severity: 'critical', contradicted }),
      anAlert({ id: 'b', incident: 'h1', severity: 'minor' }),
    ]);
    expect(incident).toMatchObject({ quiet: null, lead: { id: 'b' }, severity: 'minor' });
  });

  it('comes back when it changed after a decision', () => {
    const [incident] = groupIncidents([anAlert({ status: 'confirmed', contradicted, changedSinceDecided: true })]);
    expect(incident).toMatchObject({ stage: 'open', quiet: null, changed: true, decidedAt: null });
  });
});

describe('the order of the queue', () => {
  it('is worst first, then newest', () => {
    const incidents = groupIncidents([
      anAlert({ id: 'old-serious', severity: 'serious', began: at('13:00:00') }),
      anAlert({ id: 'new-minor', severity: 'minor', began: at('13:30:00') }),
      anAlert({ id: 'new-serious', severity: 'serious', began: at('13:20:00') }),
      anAlert({ id: 'old-critical', severity: 'critical', began: at('12:00:00') }),
    ]);
    expect(queueOrder(incidents).map((i) => i.id)).toEqual(['old-critical', 'new-serious', 'old-serious', 'new-minor']);
  });

  it('of the closed ones is by decision, newest first', () => {
    const decided = (id: string, time: string, severity: 'critical' | 'minor') =>
      anAlert({ id, severity, status: 'confirmed', decision: { by: 'li', at: at(time), reason: null } });
    const incidents = groupIncidents([decided('first', '13:00:00', 'critical'), decided('second', '13:10:00', 'minor')]);
    expect(queueOrder(incidents).map((i) => i.id)).toEqual(['second', 'first']);
  });
});

describe('filters', () => {
  const [incident] = groupIncidents([
    anAlert({ id: 'a', incident: 'h1', rule: 'spill', severity: 'critical' }),
    anAlert({ id: 'b', incident: 'h1', rule: 'speeding', severity: 'minor' }),
  ]);

  it('keep an incident when any of its alerts is of a chosen rule', () => {
    expect(passes(incident!, { ...NO_FILTER, rules: ['speeding'] })).toBe(true);
    expect(passes(incident!, { ...NO_FILTER, rules: ['no-go'] })).toBe(false);
  });

  it('judge severity by the lead', () => {
    expect(passes(incident!, { ...NO_FILTER, severities: ['critical'] })).toBe(true);
    expect(passes(incident!, { ...NO_FILTER, severities: ['minor'] })).toBe(false);
  });
});

it('counts only what is undecided in the head line', () => {
  const counts = undecidedCounts([
    anAlert({ incident: 'h1', severity: 'critical' }),
    anAlert({ incident: 'h2', severity: 'critical', status: 'confirmed' }),
    anAlert({ incident: 'h3', severity: 'critical', status: 'confirmed', changedSinceDecided: true }),
    anAlert({ incident: 'h4', severity: 'minor', status: 'acknowledged' }),
  ]);
  expect(counts).toEqual({ critical: 2, serious: 0, minor: 1 });
});

it('counts an incident of many alerts once in the head line, by its gravest undecided one', () => {
  const counts = undecidedCounts([
    anAlert({ id: 'a', incident: 'h1', severity: 'minor' }),
    anAlert({ id: 'b', incident: 'h1', severity: 'serious' }),
    anAlert({ id: 'c', incident: 'h1', severity: 'critical', status: 'confirmed' }),
  ]);
  expect(counts).toEqual({ critical: 0, serious: 1, minor: 0 });
});
