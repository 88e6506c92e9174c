import { changeOf } from './changes.js';
import { anAlert } from './testing.js';

const contradicted = { at: '2026-11-23T14:00:00.000Z', reason: 'the cover was closed', reasonZh: '顶盖是关的' };

it('says that what was confirmed is no longer supported, and why', () => {
  const change = changeOf(anAlert({ status: 'confirmed', contradicted, changedSinceDecided: true }));
  expect(change).toEqual({ kind: 'contradicted', reason: { zh: '顶盖是关的', en: 'the cover was closed' } });
});

it('says that what was dismissed is graver now', () => {
  expect(changeOf(anAlert({ status: 'dismissed', severity: 'critical', changedSinceDecided: true }))).toEqual({ kind: 'graver', severity: 'critical' });
});

it('says nothing where nothing changed after the decision', () => {
  expect(changeOf(anAlert({ status: 'dismissed', contradicted }))).toBeNull();
});
