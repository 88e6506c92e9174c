import { Listeners, listenSql, readListening } from './listen.js';
import type { WireClient } from './wire-client.js';

describe('readListening', () => {
  it.each([
    ['listen Alerts', { verb: 'listen', channel: 'alerts' }],
    ['  LISTEN "Alerts"; ', { verb: 'listen', channel: 'Alerts' }],
    ['listen "socket.io#/live#"', { verb: 'listen', channel: 'socket.io#/live#' }],
    ['listen "a ""quoted"" name"', { verb: 'listen', channel: 'a "quoted" name' }],
    ['listen 渣土', { verb: 'listen', channel: '渣土' }],
    ['unlisten alerts', { verb: 'unlisten', channel: 'alerts' }],
    ['unlisten *', { verb: 'unlisten', channel: null }],
  ])('reads %s', (sql, expected) => {
    expect(readListening(sql)).toEqual(expected);
  });

  it.each(['select 1', 'listen *', 'listen', 'listen a; listen b', `select 'listen a'`, 'notify a'])('does not take %s for it', (sql) => {
    expect(readListening(sql)).toBeNull();
  });
});

describe('Listeners', () => {
  const [a, b] = [{ id: 1 }, { id: 2 }] as unknown as [WireClient, WireClient];

  it('keeps a channel until the last listener has left it', () => {
    const listeners = new Listeners();
    listeners.add(a, 'alerts');
    listeners.add(b, 'alerts');
    expect(listeners.remove(a, 'alerts')).toEqual([]);
    expect([...listeners.of('alerts')]).toEqual([b]);
    expect(listeners.remove(b, null)).toEqual(['alerts']);
    expect(listeners.channels).toEqual([]);
  });

  it('quotes names', () => {
    expect(listenSql(['alerts', 'a "b"'])).toBe('listen "alerts"; listen "a ""b"""');
  });
});
