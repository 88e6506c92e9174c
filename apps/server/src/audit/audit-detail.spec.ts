import { bodyOf, detailOf } from './audit-detail.js';

const kept = (said: Record<string, unknown>) => JSON.parse(detailOf(said)!) as unknown;

describe('what the audit keeps of what was said', () => {
  it('has no passwords, secrets, tokens, codes and pictures, however deep', () => {
    const said = {
      username: 'wang',
      password: 'p',
      code: '123456',
      creditCode: '91330200',
      channels: [{ secret: 's', accessToken: 't', enabled: true }],
      current: 'old',
      next: 'new',
      picture: { type: 'image/jpeg', base64: 'xxxx' },
    };
    expect(kept(said)).toEqual({
      username: 'wang',
      password: '***',
      code: '***',
      creditCode: '91330200',
      channels: [{ secret: '***', accessToken: '***', enabled: true }],
      current: '***',
      next: '***',
      picture: '***',
    });
  });

  it('says that a new secret was asked for, which is none', () => {
    expect(kept({ secret: null })).toEqual({ secret: null });
  });

  it('keeps of an address only whose it is: the rest may be its key', () => {
    expect(
      kept({ address: 'https://oapi.dingtalk.com/robot/send?access_token=abc', other: 'https://open.feishu.cn/hook/abc', plain: 'http://a.example' }),
    ).toEqual({
      address: 'https://oapi.dingtalk.com/…',
      other: 'https://open.feishu.cn/…',
      plain: 'http://a.example',
    });
  });

  it('is cut to a size: texts, lists, depth, and the whole', () => {
    const long = kept({ text: 'x'.repeat(500), list: Array.from({ length: 100 }, (_, i) => i) }) as { text: string; list: unknown[] };
    expect(long.text).toHaveLength(201);
    expect(long.list).toHaveLength(21);
    expect(long.list.at(-1)).toBe('… 80 more');
    let deep: unknown = 'end';
    for (let i = 0; i < 1_000; i++) deep = { deep };
    expect(detailOf({ deep })!.length).toBeLessThan(100);
    const wide = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`field${i}`, 'y'.repeat(300)]));
    expect(kept({ wide })).toEqual({ tooLong: expect.stringMatching(/^\d+ bytes$/) });
  });

  it('is nothing where nothing was said', () => {
    expect(detailOf({ body: undefined })).toBeNull();
  });

  it('keeps of CSV its header and of bytes their number', () => {
    expect(bodyOf('id,secret\r\nt1,hidden-from-you\r\n')).toEqual({ csv: 'id,secret', bytes: 31 });
    expect(bodyOf('id')).toEqual({ csv: 'id', bytes: 2 });
    expect(bodyOf(Buffer.alloc(7))).toEqual({ bytes: 7 });
    expect(bodyOf({ a: 1 })).toEqual({ a: 1 });
  });
});
