import { origin, tokenOf } from './token.js';

describe('where a token comes from', () => {
  it('prefers the bearer to the cookie', () => {
    expect(tokenOf({ authorization: 'Bearer abc', cookie: 'muckwatch=xyz' })).toEqual({ token: 'abc', by: 'bearer' });
    expect(tokenOf({ cookie: 'a=b; muckwatch=xyz; c=d' })).toEqual({ token: 'xyz', by: 'cookie' });
    expect(tokenOf({ authorization: 'Basic abc', cookie: 'muckwatchx=1' })).toBeNull();
  });
});

describe('where a request comes from', () => {
  const publicUrl = 'https://muck.example';
  it('believes Sec-Fetch-Site', () => {
    expect(origin({ 'sec-fetch-site': 'same-origin', origin: 'null' }, publicUrl)).toBe('own');
    expect(origin({ 'sec-fetch-site': 'same-site' }, publicUrl)).toBe('foreign');
    expect(origin({ 'sec-fetch-site': 'cross-site', origin: 'https://muck.example' }, publicUrl)).toBe('foreign');
  });
  it('compares Origin with Host, or with PUBLIC_URL behind a proxy', () => {
    expect(origin({ origin: 'http://10.1.1.1:3000', host: '10.1.1.1:3000' }, publicUrl)).toBe('own');
    expect(origin({ origin: 'https://muck.example', host: 'inner:3000' }, publicUrl)).toBe('own');
    expect(origin({ origin: 'https://evil.example', host: '10.1.1.1:3000' }, publicUrl)).toBe('foreign');
    expect(origin({ origin: 'null', host: '10.1.1.1:3000' }, publicUrl)).toBe('foreign');
  });
  it('says when a request does not say', () => {
    expect(origin({ host: 'x' }, publicUrl)).toBe('unsaid');
  });
});
