import { PlateBook, plateKey } from './plate.js';

it('a plate is one and the same however it is spaced, dotted and written', () => {
  for (const written of ['鄂S12345', '鄂S·12345', '鄂s 12345', '鄂S-12345', ' 鄂Ｓ１２３４５ ']) expect(plateKey(written)).toBe('鄂S12345');
  expect(plateKey('鄂S12346')).not.toBe('鄂S12345');
});

const book = new PlateBook(['鄂S12345', '鄂A8B0QZ', '鄂S12845']);

describe('a plate that a camera read', () => {
  it('is near a registered one where it is that one, or one confusable character away', () => {
    for (const plate of ['鄂S12345', '鄂SI2345', '鄂SL2345', '鄂S1Z345', '鄂S1234S', '鄂512345', '鄂A8BOQZ', '鄂ABB0QZ', '鄂A8B0DZ', '鄂A8B0Q2', '鄂A880QZ']) {
      expect([plate, book.isNearRegistered(plate)]).toEqual([plate, true]);
    }
  });

  it('is near where only the province is another', () => {
    expect(book.isNearRegistered('皖S12345')).toBe(true);
    expect(book.isNearRegistered('皖S1Z345')).toBe(false);
  });

  it('is not near where two characters differ, one that nobody confuses, or the length', () => {
    for (const plate of ['鄂SIZ345', '鄂S12346', '鄂S1234', '鄂S123456', '鄂A8B0Q5', '鄂S1Z3A5', '', '鄂']) {
      expect([plate, book.isNearRegistered(plate)]).toEqual([plate, false]);
    }
  });

  it('is near nothing where nothing is registered', () => {
    expect(new PlateBook([]).isNearRegistered('鄂S12345')).toBe(false);
  });
});
