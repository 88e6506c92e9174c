import { DRAWN, drawnOf } from './useDrawn.js';

it('draws some screens of a long list, all of a short one, and as far as the chosen row and what a key may reach', () => {
  expect(drawnOf(400, -1, DRAWN)).toBe(60);
  expect(drawnOf(12, -1, DRAWN)).toBe(12);
  expect(drawnOf(400, 10, DRAWN)).toBe(60);
  expect(drawnOf(400, 199, DRAWN)).toBe(220);
  expect(drawnOf(210, 199, DRAWN)).toBe(210);
  expect(drawnOf(400, -1, 2 * DRAWN)).toBe(120);
});
