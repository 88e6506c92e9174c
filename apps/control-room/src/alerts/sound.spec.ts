import type { Severity } from '@muckwatch/contract';
import { choiceOf, isHeard, worstToRing } from './sound.js';
import { anAlert } from './testing.js';

const critical = anAlert({ id: 'a', incident: 'h1', severity: 'critical' });
const serious = anAlert({ id: 'b', incident: 'h2', severity: 'serious' });
const minor = anAlert({ id: 'c', incident: 'h3', severity: 'minor' });

it('rings once for each incident', () => {
  const rung = new Map<string, Severity>();
  expect(worstToRing([critical], rung)).toBe('critical');
  expect(worstToRing([{ ...critical, id: 'b', rule: 'illegal-dumping' }], rung)).toBeNull();
  expect(worstToRing([{ ...critical, version: 2 }], rung)).toBeNull();
  expect(worstToRing([serious], rung)).toBe('serious');
  expect(worstToRing([minor, serious, critical], rung)).toBe('minor');
});

it('rings again when an incident becomes worse, not when something lesser joins it', () => {
  const rung = new Map<string, Severity>();
  expect(worstToRing([{ ...critical, severity: 'serious' }], rung)).toBe('serious');
  expect(worstToRing([critical], rung)).toBe('critical');
  expect(worstToRing([{ ...critical, id: 'd', severity: 'minor' }], rung)).toBeNull();
});

it('sounds once for what came at one instant, as the worst of it', () => {
  expect(worstToRing([minor, critical, serious], new Map())).toBe('critical');
});

it('is silent for late, contradicted, snoozed and decided ones', () => {
  const silent = [
    { ...critical, late: true },
    { ...critical, contradicted: { at: critical.began, reason: 'x', reasonZh: 'x' } },
    { ...critical, snoozed: true },
    { ...critical, status: 'confirmed' as const },
    { ...minor, status: 'acknowledged' as const },
  ];
  expect(worstToRing(silent, new Map())).toBeNull();
});

it('still rings for an incident whose first alert was snoozed', () => {
  const rung = new Map<string, Severity>();
  worstToRing([{ ...critical, snoozed: true }], rung);
  expect(worstToRing([{ ...critical, id: 'b', rule: 'illegal-dumping' }], rung)).toBe('critical');
});

describe('what a person wants to hear', () => {
  it('is the critical ones alone until they say otherwise', () => {
    const usual = choiceOf(null);
    expect(usual.volume).toBe(60);
    expect((['critical', 'serious', 'minor'] as const).filter((severity) => isHeard(severity, usual))).toEqual(['critical']);
    expect(isHeard('minor', { ...usual, minor: true })).toBe(true);
    expect(isHeard('serious', { ...usual, minor: true })).toBe(false);
  });

  it('is nothing at all while the sound is off', () => {
    expect((['critical', 'serious', 'minor'] as const).some((severity) => isHeard(severity, { on: false, serious: true, minor: true, volume: 100 }))).toBe(
      false,
    );
  });

  it('survives a spoilt memory', () => {
    expect(choiceOf('{"on":false,"serious":true,"volume":90}')).toEqual({ on: false, serious: true, minor: false, volume: 90 });
    for (const spoilt of ['off', 'null', '{"volume":4000,"serious":"yes"}', '[]']) expect(choiceOf(spoilt)).toEqual(choiceOf(null));
  });
});
