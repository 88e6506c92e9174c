import { LabelBook } from './labels.js';

describe('names on the map', () => {
  it('are left out where they would touch another or leave the picture', () => {
    const book = new LabelBook(100, 100);
    expect(book.fits(10, 10, 40, 14)).toBe(true);
    expect(book.fits(30, 20, 40, 14)).toBe(false);
    expect(book.fits(10, 30, 40, 14)).toBe(true);
    expect(book.fits(80, 60, 40, 14)).toBe(false);
  });
});
