import { waitMs } from './pace.js';

describe('the pace of drawing', () => {
  it('is thirty pictures a second close in, where a truck crosses 20 px a second', () => {
    expect(waitMs(20, 0.3)).toBe(33);
    expect(waitMs(10, 0.3)).toBe(50);
  });

  it('is five pictures a second far out', () => {
    expect(waitMs(0.9, 0.3)).toBe(200);
  });

  it('slows down before drawing eats the page: 2.5 % of the time at most', () => {
    expect(waitMs(20, 5)).toBe(200);
    expect(waitMs(20, 12.5)).toBe(500);
  });
});
