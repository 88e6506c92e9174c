import { readOptions } from './options.js';

describe('the command line', () => {
  it('drives 300 trucks by the real clock unless told otherwise', () => {
    expect(readOptions([], { MUCKWATCH_TOKEN: 't' })).toMatchObject({
      seed: 1,
      trucks: 300,
      violations: 0.15,
      coverage: 'on',
      speed: 1,
      hours: null,
      register: true,
      token: 't',
    });
  });

  it('plays a day when it is told to go faster', () => {
    expect(readOptions(['--speed', '60', '--no-register'], {})).toMatchObject({ speed: 60, hours: 24, register: false });
    expect(readOptions(['--speed', '60', '--hours', '2'], {}).hours).toBe(2);
  });

  it('names every fault at once', () => {
    expect(() => readOptions(['--trucks', 'many', '--violations', '2', '--coverage', 'some'], {})).toThrow(
      /--coverage is some, not on or off\.\n--trucks is many.*\n--violations is 2, not a number from 0 to 1\./,
    );
  });

  it('takes a share of hauls, or a number of each rule a day', () => {
    expect(readOptions(['--violations', '0.3'], {}).violations).toBe(0.3);
    expect(readOptions(['--violations', 'spill=40, off-route=7'], {}).violations).toEqual({ perDay: { spill: 40, 'off-route': 7 } });
    expect(() => readOptions(['--violations', 'spills=40,no-go=many'], {})).toThrow(
      /names spills, which is none of uncovered-load .*\n.*asks for many × no-go/,
    );
  });
});
