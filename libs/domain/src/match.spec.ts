import { freeId, type KnownEpisode, matchEpisodes } from './match.js';

const found = (id: string, began: number, ended: number | null, key = 'spill -') => ({ id, key, began, ended });
const known = (id: string, began: number, ended: number | null, more: Partial<KnownEpisode> = {}): KnownEpisode => ({
  ...found(id, began, ended),
  contradicted: false,
  ...more,
});
const told = (knowns: KnownEpisode[], founds: ReturnType<typeof found>[]) => {
  const { same, fresh, lost } = matchEpisodes(knowns, founds);
  return {
    same: same.map(({ known: one, found: other }) => [one.id, other.id]),
    fresh: fresh.map(({ id }) => id),
    lost: lost.map(({ known: one, into }) => [one.id, into?.id ?? null]),
  };
};

describe('what is known against what was found', () => {
  it('is the same where rule, scope and time meet, however its beginning moved', () => {
    expect(told([known('a', 100, 200)], [found('x', 90, 210)])).toEqual({ same: [['a', 'x']], fresh: [], lost: [] });
    expect(told([known('a', 100, null)], [found('x', 150, null)])).toEqual({ same: [['a', 'x']], fresh: [], lost: [] });
    expect(told([known('a', 100, 100)], [found('x', 100, 100)])).toEqual({ same: [['a', 'x']], fresh: [], lost: [] });
  });

  it('is another where they do not overlap, or the scope is another', () => {
    expect(told([known('a', 100, 200)], [found('x', 201, 300)])).toEqual({ same: [], fresh: ['x'], lost: [['a', null]] });
    expect(told([known('a', 100, 200)], [found('x', 100, 200, 'spill load-loss')])).toEqual({ same: [], fresh: ['x'], lost: [['a', null]] });
  });

  it('one known, two found: the earlier keeps the id', () => {
    const parts = [found('y', 160, 200), found('x', 100, 140)];
    expect(told([known('a', 100, 200)], parts)).toEqual({ same: [['a', 'x']], fresh: ['y'], lost: [] });
  });

  it('two known, one found: the later is lost into the earlier', () => {
    expect(told([known('b', 160, 200), known('a', 100, 140)], [found('x', 100, 200)])).toEqual({ same: [['a', 'x']], fresh: [], lost: [['b', 'a']] });
  });

  it('takes one that was contradicted only where nothing else is known', () => {
    const contradicted = known('a', 100, 140, { contradicted: true });
    expect(told([contradicted], [found('x', 100, 140)])).toEqual({ same: [['a', 'x']], fresh: [], lost: [] });
    expect(told([contradicted, known('b', 120, 140)], [found('x', 100, 140)])).toEqual({ same: [['b', 'x']], fresh: [], lost: [['a', 'b']] });
  });

  it('matched again with what it made changes nothing, in whatever order things come', () => {
    const founds = [found('x', 100, 140), found('y', 160, 200), found('z', 300, null)];
    const first = matchEpisodes([known('a', 90, 200), known('b', 170, 180), known('c', 500, 510)], founds);
    const now = [
      ...first.same.map(({ known: one, found: other }) => ({ ...one, began: other.began, ended: other.ended })),
      ...first.fresh.map((other) => ({ ...other, contradicted: false })),
      ...first.lost.map(({ known: one }) => ({ ...one, contradicted: true })),
    ];
    for (const again of [now, [...now].reverse()]) {
      const second = matchEpisodes(again, [...founds].reverse());
      expect(second.fresh).toEqual([]);
      for (const { known: one, found: other } of second.same) expect([one.began, one.ended, one.contradicted]).toEqual([other.began, other.ended, false]);
      expect(second.lost.every(({ known: one }) => one.contradicted)).toBe(true);
    }
  });
});

it('an id is the next free millisecond’s where another holds it already', () => {
  const idAt = (began: number) => `spill:truck-1:-:${began}`;
  expect(freeId(idAt, 7, new Set())).toBe('spill:truck-1:-:7');
  expect(freeId(idAt, 7, new Set([idAt(7), idAt(8)]))).toBe('spill:truck-1:-:9');
});
