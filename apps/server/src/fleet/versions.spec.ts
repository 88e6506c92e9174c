import { Versions } from './versions.js';

describe('versions', () => {
  const versions = new Versions<string>();
  for (const [fromAt, data] of [[10, 'a'], [20, 'b'], [30, null], [40, 'c']] as const) versions.add('x', { fromAt, version: fromAt, data }); // prettier-ignore

  it('are in force from their time on', () => {
    expect([9, 10, 19, 20, 30, 40].map((at) => versions.at('x', at))).toEqual([null, 'a', 'a', 'b', null, 'c']);
    expect(versions.at('y', 10)).toBeNull();
  });

  it('are near where none was in force: the last before, else the first after', () => {
    expect([9, 10, 20, 35, 40].map((at) => versions.near('x', at))).toEqual(['a', 'a', 'b', 'b', 'c']);
    expect(versions.near('y', 10)).toBeNull();
  });
});
