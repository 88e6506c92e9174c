import { Secret } from 'otpauth';
import { makeTotpSecret, totpStep, totpUri } from './totp.js';

describe('codes of an authenticator', () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  const secret = Secret.fromLatin1('12345678901234567890').base32;
  const VECTORS: [seconds: number, code: string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ];

  it('are those of RFC 6238', () => {
    for (const [seconds, code] of VECTORS) expect(totpStep(secret, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });

  it('are taken one step early and late, and name their own step', () => {
    const [at, code] = [1_234_567_890_000, '005924'];
    const step = Math.floor(at / 30_000);
    expect([-31_000, -30_000, 0, 29_000, 30_000].map((off) => totpStep(secret, code, at + off))).toEqual([null, step, step, step, step]);
    expect(totpStep(secret, code, at + 60_000)).toBeNull();
    expect(totpStep(secret, '005925', at)).toBeNull();
  });

  it('come from secrets of 160 bits that an authenticator can read', () => {
    const made = makeTotpSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(makeTotpSecret()).not.toBe(made);
    expect(totpUri(made, 'li@site')).toBe(`otpauth://totp/MuckWatch:li%40site?issuer=MuckWatch&secret=${made}&algorithm=SHA1&digits=6&period=30`);
  });
});
