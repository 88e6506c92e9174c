import { LoginThrottle } from './throttle.js';

const attempts = (throttle: LoginThrottle, count: number, username: string, address: string, now: number) =>
  Array.from({ length: count }, () => throttle.attempt(username, address, now));

describe('log-in throttle', () => {
  it('forgives four mistypes and blocks after the fifth failure', () => {
    const throttle = new LoginThrottle();
    expect(attempts(throttle, 6, 'li', '10.0.0.1', 0)).toEqual([0, 0, 0, 0, 0, 1_000]);
  });

  it('doubles the wait with every further failure, up to 15 minutes', () => {
    const throttle = new LoginThrottle();
    attempts(throttle, 5, 'li', '10.0.0.1', 0);
    const waits: number[] = [];
    let now = 0;
    for (let i = 0; i < 14; i++) {
      const wait = throttle.attempt('li', '10.0.0.1', now);
      waits.push(wait);
      now += wait;
      throttle.attempt('li', '10.0.0.1', now);
    }
    expect(waits.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(waits.at(-1)).toBe(900_000);
  });

  it('leaves the same person at another address alone', () => {
    const throttle = new LoginThrottle();
    attempts(throttle, 10, 'li', '10.0.0.1', 0);
    expect(throttle.attempt('li', '10.0.0.2', 0)).toBe(0);
  });

  it('blocks an address that tries many names', () => {
    const throttle = new LoginThrottle();
    for (let i = 0; i < 20; i++) expect(throttle.attempt(`user${i}`, '10.0.0.1', 0)).toBe(0);
    expect(throttle.attempt('user20', '10.0.0.1', 0)).toBeGreaterThan(0);
    expect(throttle.attempt('user20', '10.0.0.9', 0)).toBe(0);
  });

  it('takes a /64 of IPv6 for one address', () => {
    const throttle = new LoginThrottle();
    attempts(throttle, 5, 'li', '2001:db8:1:2::7', 0);
    expect(throttle.attempt('li', '2001:db8:1:2:aaaa::1', 0)).toBeGreaterThan(0);
    expect(throttle.attempt('li', '2001:db8:1:3::7', 0)).toBe(0);
  });

  it('forgets after success and after an hour', () => {
    const throttle = new LoginThrottle();
    attempts(throttle, 4, 'li', '10.0.0.1', 0);
    throttle.succeeded('li', '10.0.0.1');
    expect(attempts(throttle, 5, 'li', '10.0.0.1', 0)).toEqual([0, 0, 0, 0, 0]);
    expect(throttle.attempt('li', '10.0.0.1', 3_700_000)).toBe(0);
  });

  it('gives an undecided attempt back, and forgets no failure for it', () => {
    const throttle = new LoginThrottle();
    for (let i = 0; i < 50; i++) {
      expect(throttle.attempt('li', '10.0.0.1', 0)).toBe(0);
      throttle.undecided('li', '10.0.0.1');
    }
    // Somebody who has the password asks for the code between any two guesses at it.
    const waits = Array.from({ length: 6 }, () => {
      const wait = throttle.attempt('li', '10.0.0.1', 0);
      if (wait === 0 && throttle.attempt('li', '10.0.0.1', 0) === 0) throttle.undecided('li', '10.0.0.1');
      return wait;
    });
    expect(waits).toEqual([0, 0, 0, 0, 0, 1_000]);
  });

  it('keeps a bounded memory', () => {
    const throttle = new LoginThrottle();
    for (let i = 0; i < 30_000; i++) throttle.attempt('x', `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, 0);
    expect(throttle.attempt('x', '10.9.9.9', 0)).toBe(0);
  });
});
