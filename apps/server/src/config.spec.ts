import { ConfigFault, readConfig, tileHostOf } from './config.js';

describe('settings', () => {
  it('need nothing said', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 3000, mqttPort: 1883, mqttHost: '127.0.0.1', databaseUrl: null, cityTimeZone: 'Asia/Shanghai', demo: false });
    expect(config.publicUrl).toBe('http://localhost:3000');
  });

  it('take an empty variable for an absent one', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: null, port: 3000 });
  });

  it('take the datum of the tiles from the fragment or from a setting of its own, which must agree', () => {
    const url = 'https://t/{z}/{x}/{y}.png';
    expect(readConfig({ TILES_URL: `${url}#gcj02` }).tiles).toEqual({ url, datum: 'gcj02', attribution: null });
    expect(readConfig({ TILES_URL: url }).tiles?.datum).toBe('wgs84');
    expect(readConfig({ TILES_URL: url, TILES_DATUM: 'gcj02', TILES_ATTRIBUTION: '© 天地图' }).tiles).toEqual({ url, datum: 'gcj02', attribution: '© 天地图' });
    expect(() => readConfig({ TILES_URL: `${url}#wgs84`, TILES_DATUM: 'gcj02' })).toThrow(/TILES_DATUM contradicts the end of TILES_URL/);
    expect(readConfig({ TILES_DATUM: 'gcj02' }).tiles).toBeNull();
  });

  it('let pictures come from the tiles’ host, by whichever of its names', () => {
    expect(tileHostOf('http://tiles.city.cn:8080/{z}/{x}/{y}.png')).toBe('http://tiles.city.cn:8080');
    expect(tileHostOf('https://webrd0{s}.is.autonavi.com/tile?x={x}')).toBe('https://*.is.autonavi.com');
  });

  it('name every fault in one message', () => {
    const read = () => readConfig({ PORT: '70000', CITY_TIME_ZONE: 'Mars/Olympus', DEMO: 'yes', MQTT_URL: 'http://x' });
    expect(read).toThrow(ConfigFault);
    expect(read).toThrow(
      /PORT must be a port, 0–65535, not "70000"[^]*MQTT_URL must be a mqtt[^]*CITY_TIME_ZONE[^]*"Mars\/Olympus"[^]*DEMO must be on or off, not "yes"/,
    );
  });

  it('take a text message as a request that says where number and text go', () => {
    const template = { url: 'https://sms.example.org/send', body: { phone: '{to}', content: '{text}' } };
    expect(readConfig({ SMS_REQUEST: JSON.stringify(template) }).smsRequest).toEqual({ method: 'POST', headers: {}, ...template });
    expect(() => readConfig({ SMS_REQUEST: '{' })).toThrow(/SMS_REQUEST must be JSON/);
    expect(() => readConfig({ SMS_REQUEST: JSON.stringify({ ...template, body: { phone: '{to}' } }) })).toThrow(/SMS_REQUEST must say where \{text\} goes/);
    expect(() => readConfig({ SMS_REQUEST: JSON.stringify({ ...template, url: 'ftp://x', key: 'geheim' }) })).toThrow(/^(?![^]*"geheim")[^]*SMS_REQUEST url: /);
    expect(() => readConfig({ SMS_REQUEST: JSON.stringify({ ...template, success: '(' }) })).toThrow(/success: must be a regular expression/);
  });

  it('never repeat a password', () => {
    expect(() => readConfig({ ADMIN_PASSWORD: 'short', DATABASE_URL: 'mysql://u:geheim@h' })).toThrow(/^(?![^]*(short"|geheim))[^]*ADMIN_PASSWORD/);
  });
});
