import request from 'supertest';
import { AuthService } from '../apps/server/src/auth/auth.service.js';
import { Calendar } from '../apps/server/src/calendar/calendar.service.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
let tokens: Record<string, string>;
const PASSWORD = 'a password for tests';
const api = '/api/v1';
const YEAR = {
  year: 2026,
  holidays: ['2026-10-02', '2026-10-01'],
  workdays: ['2026-10-10'],
  names: { '2026-10-01': '国庆节' },
  source: '国办发明电〔2025〕7号',
};

const call = (method: 'get' | 'post' | 'put' | 'delete', path: string, who = 'admin') =>
  request(server.url)
    [method](api + path)
    .set({ Authorization: `Bearer ${tokens[who]}` });
const calendar = async () => (await call('get', '/calendar').expect(200)).body;
const errors = async (sent: request.Test): Promise<unknown> => (await sent.expect(400)).body.errors;

beforeAll(async () => {
  server = await startTestServer();
  tokens = { admin: server.adminToken };
  const auth = server.app.get(AuthService);
  for (const role of ['supervisor', 'operator'] as const) {
    await request(server.url)
      .post(`${api}/accounts`)
      .set({ Authorization: `Bearer ${server.adminToken}` })
      .send({ username: role, role, password: PASSWORD })
      .expect(201);
    tokens[role] = await auth.login(role, PASSWORD, '127.0.0.1', null);
  }
});
afterAll(() => server.close());

describe('the working-time calendar', () => {
  it('publishes no year by itself, and says so instead of guessing', async () => {
    expect(await calendar()).toEqual({
      hours: [
        { from: '09:00', to: '12:00' },
        { from: '13:00', to: '18:00' },
      ],
      weekdays: [1, 2, 3, 4, 5],
      years: [],
    });
    const { body } = await call('get', '/calendar/deadline?from=2026-09-30T01:00:00Z&workingHours=8').expect(200);
    expect(body).toEqual({ deadline: null, problem: expect.stringMatching(/2026 年.*尚未发布.*calendar of 2026 has not been published/) });
  });

  it('is edited by supervisors and read by everybody who is signed in', async () => {
    await call('put', '/calendar/years/2026', 'operator').send(YEAR).expect(403);
    await call('put', '/calendar/hours', 'operator')
      .send({ hours: [{ from: '08:00', to: '16:00' }], weekdays: [1] })
      .expect(403);
    await call('delete', '/calendar/years/2026', 'operator').expect(403);
    await call('post', '/calendar/import', 'operator').send([YEAR]).expect(403);
    await request(server.url).get(`${api}/calendar`).expect(401);
    const { body } = await call('put', '/calendar/years/2026', 'supervisor').send(YEAR).expect(200);
    expect(body).toEqual({ ...YEAR, holidays: ['2026-10-01', '2026-10-02'] });
    expect((await call('get', '/calendar', 'operator').expect(200)).body.years).toEqual([body]);
  });

  it('counts over holidays and moved days by the city’s clock, at once after an edit and after a restart', async () => {
    const ask = async (from: string, hours: number) =>
      (await call('get', `/calendar/deadline?from=${from}&workingHours=${hours}`, 'operator').expect(200)).body;
    // Wednesday 30 September, 17:00 in the city: one hour that day, then over Thursday and Friday to Monday.
    expect(await ask('2026-09-30T09:00:00Z', 2)).toEqual({ deadline: '2026-10-05T02:00:00.000Z', problem: null });
    expect(await ask('2026-10-09T09:00:00Z', 2)).toEqual({ deadline: '2026-10-10T02:00:00.000Z', problem: null });
    expect(await ask('2026-12-31T09:00:00Z', 2)).toEqual({ deadline: null, problem: expect.stringContaining('2027') });
    await call('put', '/calendar/hours', 'supervisor')
      .send({ hours: [{ from: '08:00', to: '16:00' }], weekdays: [5, 1, 3] })
      .expect(200);
    expect((await calendar()).weekdays).toEqual([1, 3, 5]);
    expect(await ask('2026-09-30T07:00:00Z', 2)).toEqual({ deadline: '2026-10-05T01:00:00.000Z', problem: null });
    server = await server.restart();
    tokens.admin = server.adminToken;
    expect((await calendar()).hours).toEqual([{ from: '08:00', to: '16:00' }]);
    expect(server.app.get(Calendar).workingHoursBetween(Date.UTC(2026, 9, 5, 0), Date.UTC(2026, 9, 5, 12))).toEqual({ hours: 8 });
  });

  it('refuses hours that run backwards or over one another, and days of another year or said twice, each by name', async () => {
    const hours = (...windows: [string, string][]) =>
      errors(call('put', '/calendar/hours').send({ hours: windows.map(([from, to]) => ({ from, to })), weekdays: [1] }));
    expect(await hours(['18:00', '09:00'])).toEqual([{ path: 'hours.0.to', message: 'must be after 18:00, not "09:00"' }]);
    expect(await hours(['09:00', '12:00'], ['11:00', '18:00'])).toEqual([{ path: 'hours.1.from', message: expect.stringContaining('after 12:00') }]);
    expect(await hours(['9:00', '12:00'])).toEqual([{ path: 'hours.0.from', message: 'must be HH:MM, not "9:00"' }]);
    const year = (body: object) => errors(call('put', '/calendar/years/2027').send({ holidays: [], workdays: [], source: 'x', ...body }));
    expect(await year({ holidays: ['2026-10-01'] })).toEqual([{ path: 'holidays.0', message: 'must lie in 2027, not "2026-10-01"' }]);
    expect(await year({ holidays: ['2027-10-01'], workdays: ['2027-10-01'] })).toEqual([
      { path: 'workdays.0', message: expect.stringContaining('holidays.0') },
    ]);
    expect(await year({ holidays: ['2027-02-30'] })).toEqual([{ path: 'holidays.0', message: expect.stringContaining('2027-02-30') }]);
    expect(await year({ year: 2028 })).toEqual([{ path: 'year', message: expect.stringContaining('2027') }]);
    expect(await year({ names: { '2027-01-01': '元旦' } })).toEqual([{ path: 'names.2027-01-01', message: expect.any(String) }]);
    expect((await calendar()).years).toHaveLength(1);
  });

  it('imports years as JSON and as CSV, all or nothing, bad rows named', async () => {
    const next = { year: 2027, holidays: ['2027-01-01'], workdays: [], source: 's' };
    const imported = await call('post', '/calendar/import', 'supervisor')
      .send([{ ...YEAR, holidays: ['2026-10-01', '2026-10-02'] }, next])
      .expect(200);
    expect(imported.body.items).toEqual([
      { year: 2026, result: 'unchanged' },
      { year: 2027, result: 'created' },
    ]);
    expect(await errors(call('post', '/calendar/import').send([next, { ...next, holidays: ['x'] }]))).toEqual([
      { path: 'row 2: holidays.0', message: expect.any(String) },
    ]);
    expect(await errors(call('post', '/calendar/import').send([next, next]))).toEqual([{ path: 'row 2: year', message: '2027 is said twice' }]);

    const csv = (text: string, query = '?source=gov') => call('post', `/calendar/import${query}`).set('Content-Type', 'text/csv').send(text);
    const rows = 'date,kind,name\n2027-01-01,holiday,元旦\n2027-02-06,holiday,春节\n2027-02-20,workday,\n2028-01-03,holiday,元旦\n';
    expect((await csv(rows).expect(200)).body.items).toEqual([
      { year: 2027, result: 'changed' },
      { year: 2028, result: 'created' },
    ]);
    expect((await calendar()).years[1]).toEqual({
      year: 2027,
      holidays: ['2027-01-01', '2027-02-06'],
      workdays: ['2027-02-20'],
      names: { '2027-01-01': '元旦', '2027-02-06': '春节' },
      source: 'gov',
    });
    expect(await errors(csv('date,kind,name\n2027-13-01,holiday,\n2027-01-01,feast,\n2027-01-02,holiday,\n2027-01-02,workday,\n'))).toEqual([
      { path: 'row 1: date', message: expect.stringContaining('2027-13-01') },
      { path: 'row 2: kind', message: 'must be holiday or workday, not "feast"' },
      { path: 'row 4: date', message: '"2027-01-02" is said already in row 3' },
    ]);
    expect(await errors(csv(rows, ''))).toEqual([{ path: 'source', message: expect.any(String) }]);
    await call('delete', '/calendar/years/2028', 'supervisor').expect(204);
    await call('delete', '/calendar/years/2028').expect(404);
    expect((await calendar()).years.map(({ year }: { year: number }) => year)).toEqual([2026, 2027]);
  });
});
