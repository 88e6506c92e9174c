import { faultOfAddress } from './address.js';

it('takes what messages can be sent to', () => {
  for (const [kind, address] of [
    ['email', 'li.wei+muck@example.com.cn'],
    ['sms', '+8613800138000'],
    ['sms', '13800138000'],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1'],
    ['webhook', 'https://receiver.example.org:8443/in'],
  ] as const)
    expect({ address, fault: faultOfAddress(kind, address, false) }).toEqual({ address, fault: null });
});

it('refuses what is no address, and what stands where nobody outside may make us ask', () => {
  for (const [kind, address] of [
    ['email', 'li wei@example.com'],
    ['email', 'a@b, c@d'],
    ['email', 'a@b\r\nBcc: all@d'],
    ['sms', '138'],
    ['sms', 'call me'],
    ['feishu', 'ftp://example.org'],
    ['feishu', 'not a url'],
    ['webhook', 'http://example.org'],
    ['webhook', 'https://127.0.0.1/'],
    ['webhook', 'https://2130706433/'],
    ['webhook', 'https://[::1]/'],
    ['webhook', 'https://[::ffff:10.0.0.1]/'],
    ['webhook', 'https://localhost/'],
    ['webhook', 'https://user:pass@example.org/'],
  ] as const)
    expect({ address, fault: faultOfAddress(kind, address, false) }).toEqual({ address, fault: { en: expect.any(String), zh: expect.any(String) } });
});

it('takes private addresses and plain http where that is allowed', () => {
  expect(faultOfAddress('webhook', 'http://127.0.0.1:8080/in', true)).toBeNull();
  expect(faultOfAddress('webhook', 'ftp://127.0.0.1/in', true)).not.toBeNull();
});
