import fc from 'fast-check';
import { InOrder } from './in-order.js';

describe('InOrder', () => {
  it('releases in the order of arrival, each once, as far as everything before is finished', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), fc.nat(8), (order, finished) => {
        const released: number[] = [];
        const queue = new InOrder();
        const dones = order.map((_, i) => queue.add(() => released.push(i)));
        const done = new Set(order.slice(0, finished));
        for (const i of done) {
          dones[i]!();
          dones[i]!();
        }
        const unbroken = [0, 1, 2, 3, 4, 5, 6, 7].findIndex((i) => !done.has(i));
        expect(released).toEqual([0, 1, 2, 3, 4, 5, 6, 7].slice(0, unbroken === -1 ? 8 : unbroken));
      }),
    );
  });

  it('goes on after it was empty', () => {
    const released: string[] = [];
    const queue = new InOrder();
    queue.add(() => released.push('a'))();
    const b = queue.add(() => released.push('b'));
    queue.add(() => released.push('c'))();
    expect(released).toEqual(['a']);
    b();
    expect(released).toEqual(['a', 'b', 'c']);
  });
});
