import { DEMO_NAME, whatToDo } from './whose-city.js';

describe('the demo', () => {
  it('lays its city down in an empty database', () => {
    expect(whatToDo({ companies: 0, firstBy: null, hasBaseMap: false }, false)).toBe('lay-down');
    expect(whatToDo({ companies: 0, firstBy: null, hasBaseMap: false }, true)).toBe('lay-down'); // the database was made anew
  });

  it('only drives when its city is there, so that what people edited stays', () => {
    expect(whatToDo({ companies: 8, firstBy: DEMO_NAME, hasBaseMap: true }, true)).toBe('drive');
  });

  it('goes on where it was killed in the middle of laying down, or has lost its secrets', () => {
    expect(whatToDo({ companies: 8, firstBy: null, hasBaseMap: false }, true)).toBe('lay-down');
    expect(whatToDo({ companies: 8, firstBy: DEMO_NAME, hasBaseMap: false }, true)).toBe('lay-down');
    expect(whatToDo({ companies: 8, firstBy: DEMO_NAME, hasBaseMap: true }, false)).toBe('lay-down');
  });

  it('leaves a city of people alone, state file or not', () => {
    expect(whatToDo({ companies: 2, firstBy: null, hasBaseMap: false }, false)).toBe('leave-alone');
    expect(whatToDo({ companies: 2, firstBy: 'admin', hasBaseMap: true }, true)).toBe('leave-alone');
  });
});
