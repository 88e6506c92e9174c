import { incidentsToRing } from './sound.js';
import { anAlert } from './testing.js';

const critical = anAlert({ id: 'a', incident: 'h1', severity: 'critical' });

it('rings once for each critical incident', () => {
  const rung = new Set<string>();
  expect(incidentsToRing([critical], rung)).toEqual(['h1']);
  expect(incidentsToRing([{ ...critical, id: 'b', rule: 'illegal-dumping' }], rung)).toEqual([]);
  expect(incidentsToRing([{ ...critical, version: 2 }], rung)).toEqual([]);
});

it('rings when an incident becomes critical', () => {
  const rung = new Set<string>();
  expect(incidentsToRing([{ ...critical, severity: 'serious' }], rung)).toEqual([]);
  expect(incidentsToRing([critical], rung)).toEqual(['h1']);
});

it('is silent for late, contradicted, snoozed and decided ones', () => {
  const silent = [
    { ...critical, late: true },
    { ...critical, contradicted: { at: critical.began, reason: 'x', reasonZh: 'x' } },
    { ...critical, snoozed: true },
    { ...critical, status: 'confirmed' as const },
  ];
  expect(incidentsToRing(silent, new Set())).toEqual([]);
});

it('still rings for an incident whose first alert was snoozed', () => {
  const rung = new Set<string>();
  incidentsToRing([{ ...critical, snoozed: true }], rung);
  expect(incidentsToRing([{ ...critical, id: 'b', rule: 'illegal-dumping' }], rung)).toEqual(['h1']);
});
