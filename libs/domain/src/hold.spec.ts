import { heldFor, type Hold, stepHold } from './hold.js';

/** Claims by second; a pause is longer than 120 s. */
function held(claims: [second: number, boolean | null][]): Hold | null {
  return claims.reduce<Hold | null>((hold, [second, claim]) => stepHold(hold, { at: second * 1_000, pauseMs: 120_000 }, claim), null);
}

describe('held for T', () => {
  it('is true at every report from the first to one at least T later', () => {
    expect(
      heldFor(
        held([
          [0, true],
          [10, true],
        ]),
        10_000,
      ),
    ).toBe(true);
    expect(
      heldFor(
        held([
          [0, true],
          [9, true],
        ]),
        10_000,
      ),
    ).toBe(false);
    expect(
      heldFor(
        held([
          [0, true],
          [5, false],
          [6, false],
          [10, true],
        ]),
        10_000,
      ),
    ).toBe(false);
  });

  it('starts again after a pause of more than 120 s', () => {
    expect(
      held([
        [0, true],
        [120, true],
      ])?.since,
    ).toBe(0);
    expect(
      held([
        [0, true],
        [121, true],
      ])?.since,
    ).toBe(121_000);
    expect(
      held([
        [0, true],
        [121, false],
      ]),
    ).toBeNull();
  });

  it('is not broken by one contradiction within 15 s of both agreeing reports', () => {
    expect(
      held([
        [0, true],
        [15, false],
        [30, true],
      ])?.since,
    ).toBe(0);
    expect(
      held([
        [0, true],
        [16, false],
        [20, true],
      ])?.since,
    ).toBe(20_000);
    expect(
      held([
        [0, true],
        [5, false],
        [21, true],
      ])?.since,
    ).toBe(21_000);
    expect(
      held([
        [0, true],
        [5, false],
        [8, false],
        [10, true],
      ])?.since,
    ).toBe(10_000);
  });

  it('is neither continued nor broken by a report that does not say', () => {
    expect(
      held([
        [0, true],
        [10, null],
      ]),
    ).toEqual({ since: 0, until: 0, contradictedAt: null });
    expect(
      heldFor(
        held([
          [0, true],
          [10, null],
          [20, true],
        ]),
        20_000,
      ),
    ).toBe(true);
    expect(held([[0, null]])).toBeNull();
  });

  it('does not stretch over more than a pause of reports that do not say', () => {
    expect(
      held([
        [0, true],
        [60, null],
        [119, null],
        [130, true],
      ])?.since,
    ).toBe(130_000);
  });
});
