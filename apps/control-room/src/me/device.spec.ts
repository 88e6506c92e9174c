import { deviceOf } from './device.js';

describe('the name of a signed-in device', () => {
  it('is what a person recognises', () => {
    expect(deviceOf('Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36')).toBe(
      'Chrome · Android',
    );
    expect(
      deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'),
    ).toBe('Safari · iOS');
    expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0')).toBe(
      'Edge · Windows',
    );
    expect(deviceOf('Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/99 Mobile Safari/537.36 MicroMessenger/8.0')).toBe('微信 WeChat · Android');
  });

  it('is its own word where nobody knows it', () => {
    expect(deviceOf('muck-reporter/2')).toBe('muck-reporter/2');
    expect(deviceOf(null)).toBeNull();
  });
});
