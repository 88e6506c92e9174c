import { isUnchanged, sinceSealing } from './since-sealing.js';

const report = (at: string, more: object = {}) => ({ source: 't1', at, digest: at, speed_kmh: 30, ...more });
const alert = { id: 'a', began: '2026-11-28T13:00:00+00:00', ended: null, evidence: { loadKg: 1, kind: 'raised-bed' } };
const sealed = (reports: object[], facts: object = alert) => JSON.stringify({ sealedAt: '2026-11-28T13:10:00.000Z', alert: facts, reports });
const since = (before: string, facts: object, reports: object[]) => sinceSealing(before, { facts: JSON.stringify(facts), reports: JSON.stringify(reports) });

describe('what has changed since sealing', () => {
  const [one, two, three] = ['2026-11-28T13:00:00+00:00', '2026-11-28T13:00:10+00:00', '2026-11-28T13:00:20+00:00'].map((at) => report(at));

  it('is nothing where all is as it was, whatever the order of names and the time zone of the database', () => {
    const facts = { evidence: { kind: 'raised-bed', loadKg: 1 }, ended: null, began: '2026-11-28T21:00:00+08:00', id: 'a' };
    const found = since(sealed([one!, two!]), facts, [report('2026-11-28T21:00:00+08:00', { digest: one!.digest }), two!]);
    expect(found).toEqual({ fields: [], reports: { added: 0, removed: 0, changed: 0 } });
    expect(isUnchanged(found)).toBe(true);
  });

  it('is named by field, and counted by report', () => {
    const facts = { ...alert, ended: '2026-11-28T13:05:00+00:00', evidence: { ...alert.evidence, loadKg: 2 } };
    const found = since(sealed([one!, two!]), facts, [report(one!.at, { speed_kmh: 90 }), three!]);
    expect(found).toEqual({ fields: ['ended', 'evidence'], reports: { added: 1, removed: 1, changed: 1 } });
    expect(isUnchanged(found)).toBe(false);
  });

  it('is also a field that is there no longer, or was not', () => {
    const { ended: _, ...rest } = alert;
    expect(since(sealed([]), { ...rest, late: true }, []).fields).toEqual(['ended', 'late']);
  });
});
