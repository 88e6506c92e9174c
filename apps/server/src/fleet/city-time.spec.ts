import { startOfDay, utcOffsetOf } from './city-time.js';

describe("the city's clock", () => {
  it('is 8 h ahead in Shanghai, all year', () => {
    const offset = utcOffsetOf('Asia/Shanghai');
    expect(offset(Date.parse('2026-01-01T00:00:00Z'))).toBe(480);
    expect(offset(Date.parse('2026-07-01T00:00:00Z'))).toBe(480);
  });

  it('changes with daylight saving to the minute', () => {
    const offset = utcOffsetOf('Europe/Berlin');
    expect(offset(Date.parse('2026-03-29T00:59:59.999Z'))).toBe(60);
    expect(offset(Date.parse('2026-03-29T01:00:00Z'))).toBe(120);
    expect(offset(Date.parse('2026-10-25T00:59:59Z'))).toBe(120);
    expect(offset(Date.parse('2026-10-25T01:00:00Z'))).toBe(60);
  });

  it('knows half hours, the west and UTC', () => {
    const lordHowe = utcOffsetOf('Australia/Lord_Howe');
    expect(lordHowe(Date.parse('2026-10-03T15:29:59Z'))).toBe(630);
    expect(lordHowe(Date.parse('2026-10-03T15:30:00Z'))).toBe(660);
    expect(utcOffsetOf('America/St_Johns')(Date.parse('2026-01-15T00:00:00Z'))).toBe(-210);
    expect(utcOffsetOf('UTC')(0)).toBe(0);
  });

  it('says when a day begins', () => {
    const shanghai = utcOffsetOf('Asia/Shanghai');
    expect(new Date(startOfDay('2026-08-18', shanghai)!).toISOString()).toBe('2026-08-17T16:00:00.000Z');
    expect(new Date(startOfDay('2026-02-28', shanghai, 1)!).toISOString()).toBe('2026-02-28T16:00:00.000Z');
    const berlin = utcOffsetOf('Europe/Berlin');
    expect(new Date(startOfDay('2026-03-29', berlin)!).toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(new Date(startOfDay('2026-03-30', berlin)!).toISOString()).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfDay('2026-02-30', shanghai)).toBeNull();
    expect(startOfDay('18.8.2026', shanghai)).toBeNull();
  });
});
