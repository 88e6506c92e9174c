import { withoutEvenEnds } from './read-buffer.js';

/** A message of `bytes` bytes, header included. */
const message = (bytes: number) => {
  const buffer = Buffer.alloc(bytes, 0x2e);
  buffer.write('Q');
  buffer.writeInt32BE(bytes - 1, 1);
  return buffer;
};
const lengths = (...messages: number[]) => withoutEvenEnds(Buffer.concat(messages.map(message))).map((part) => part.length);

describe('what is handed to the engine at once', () => {
  it('is everything where no message ends with a piece of its read buffer', () => {
    expect(lengths(100, 200)).toEqual([300]);
    expect(lengths(8_191, 5)).toEqual([8_196]);
    expect(lengths(20_000, 5, 7)).toEqual([20_012]);
  });

  it('ends where a message would end with a piece, unless it is the last', () => {
    expect(lengths(8_192, 5)).toEqual([8_192, 5]);
    expect(lengths(8_187, 5, 5)).toEqual([8_192, 5]);
    expect(lengths(16_384, 10, 5)).toEqual([16_384, 15]);
    expect(lengths(8_187, 5)).toEqual([8_192]);
  });

  it('counts anew after a cut', () => {
    expect(lengths(8_192, 8_192, 5)).toEqual([8_192, 8_192, 5]);
  });
});
