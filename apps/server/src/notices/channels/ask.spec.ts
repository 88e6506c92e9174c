import { ask, RefusedAddress, robotCode, unanswered } from './ask.js';

const GET = { method: 'GET', headers: {}, body: null };
const closed = { open: false, signal: new AbortController().signal };

describe('an address that a person gave', () => {
  it('is not asked where it is this machine or a private network, whatever its name is', async () => {
    for (const url of ['http://example.org/', 'https://127.0.0.1:1/', 'https://[::1]:1/', 'https://localhost:1/', 'https://2130706433:1/'])
      await expect(ask(url, GET, closed)).rejects.toThrow(RefusedAddress);
  });

  it('that is refused is not tried again; one that does not answer is', async () => {
    expect(unanswered(new RefusedAddress('10.0.0.1 is a private address'))).toEqual({
      ok: false,
      answer: '10.0.0.1 is a private address',
      retryAfterMs: null,
      permanent: true,
    });
    const error: unknown = await ask('http://127.0.0.1:1/', GET, { ...closed, open: true }).catch((refused: unknown) => refused);
    expect(unanswered(error)).toMatchObject({ ok: false, permanent: false, answer: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('a robot’s answer', () => {
  const answered = (status: number, body: string) => ({ status, body, retryAfterMs: null });

  it('is its code, whatever the status says; without one it is a failure', () => {
    expect(robotCode(answered(200, '{"errcode":0}'), ['errcode'])).toEqual({ code: 0, said: '{"errcode":0}' });
    expect(robotCode(answered(200, '{"StatusCode":0}'), ['code', 'StatusCode'])).toMatchObject({ code: 0 });
    for (const body of ['', 'ok', 'null', '[]', '{}', '{"errcode":"0"}'])
      expect({ body, ...robotCode(answered(200, body), ['errcode']) }).toMatchObject({ body, ok: false });
    expect(robotCode(answered(502, '{"errcode":0}'), ['errcode'])).toMatchObject({ ok: false });
  });
});
