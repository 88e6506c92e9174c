import { auditPath, deedOf, detailWords, isSought, NOTHING_SOUGHT } from './auditQuery.js';

it('asks for what was sought and for nothing else', () => {
  expect(auditPath(NOTHING_SOUGHT, null, 50, () => null)).toBe('/audit?limit=50');
  const sought = { ...NOTHING_SOUGHT, username: ' wang ', action: 'confirm', from: '2026-11-28T21:00' };
  const path = auditPath(sought, 'c 1', 50, (text) => (text === '' ? null : Date.parse('2026-11-28T13:00:00Z')));
  expect(path).toBe('/audit?limit=50&username=wang&action=confirm&from=2026-11-28T13%3A00%3A00.000Z&cursor=c+1');
  expect([isSought(NOTHING_SOUGHT), isSought(sought)]).toEqual([false, true]);
});

it('names a deed without the address of the server', () => {
  expect(deedOf('POST /api/v1/alerts/:id/confirm')).toBe('POST /alerts/:id/confirm');
  expect(deedOf('seal')).toBe('seal');
});

it('says on one line what was said', () => {
  expect(detailWords({ reason: '空斗试验', limits: { holdS: 20 }, note: null })).toBe('reason: 空斗试验 · limits: {"holdS":20}');
  expect(detailWords(null)).toBe('');
});
