import type { Health } from '@muckwatch/contract';
import request from 'supertest';
import { eventually } from './support/city.js';
import { Page } from './support/page.js';
import { startTestServer } from './support/server.js';
import { PEOPLE, type Person, type World, Worlds } from './support/worlds.js';

/**
 * Who may do what: every endpoint and every event of a socket, for one person of each role. `district` is an operator of one district; he, the site manager,
 * the dispatcher and the yard keeper belong to the world alpha, which shares nothing with beta.
 *
 * - `all`: may, with alpha's and with beta's
 * - `own`: may, with alpha's; with beta's the last column says what is answered: a status, or a list `without` it
 * - `none`: may, and there is nothing for them; a status: just that is answered
 * - `no`: 403, whatever it is about
 * - `open`: nobody need sign in
 * - the last column `-`: there is nothing that would be somebody's
 *
 * A line is all that a new endpoint needs; OBJECTS and BODIES say what to ask about where the path has an id or a body is sent.
 */
const TABLE = `
  endpoint                               | admin super oper  distr site  disp  yard  viewer | foreign
  get    /health/live                    | open
  get    /health/ready                   | open
  get    /metrics                        | open
  get    /api/docs                       | open
  get    /api/openapi.json               | open
  get    /api/asyncapi.json              | open
  post   /auth/login                     | open
  post   /auth/logout                    | open
  post   /auth/reset                     | open
  get    /auth/me                        | own   own   own   own   own   own   own   own    | -
  post   /auth/password                  | own   own   own   own   own   own   own   own    | -
  post   /auth/second-factor             | own   own   own   own   own   own   own   own    | -
  post   /auth/second-factor/confirm     | own   own   own   own   own   own   own   own    | -
  delete /auth/second-factor             | own   own   own   own   own   own   own   own    | -
  get    /auth/sessions                  | own   own   own   own   own   own   own   own    | -
  delete /auth/sessions/{id}             | own   own   own   own   own   own   own   own    | -
  get    /accounts                       | all   no    no    no    no    no    no    no     | -
  post   /accounts/import                | all   no    no    no    no    no    no    no     | -
  post   /accounts                       | all   no    no    no    no    no    no    no     | -
  patch  /accounts/{id}                  | all   no    no    no    no    no    no    no     | -
  delete /accounts/{id}                  | all   no    no    no    no    no    no    no     | -
  post   /accounts/{id}/reset-link       | all   no    no    no    no    no    no    no     | -
  delete /accounts/{id}/second-factor    | all   no    no    no    no    no    no    no     | -
  get    /accounts/{id}/sessions         | all   no    no    no    no    no    no    no     | -
  delete /accounts/{id}/sessions         | all   no    no    no    no    no    no    no     | -
  get    /api-tokens                     | all   no    no    no    no    no    no    no     | -
  post   /api-tokens                     | all   no    no    no    no    no    no    no     | -
  delete /api-tokens/{id}                | all   no    no    no    no    no    no    no     | -

  get    /alerts                         | all   all   all   own   own   own   own   all    | without
  get    /alerts/{id}                    | all   all   all   own   own   own   own   all    | 404
  get    /alerts/{id}/assignees          | all   all   all   own   no    no    no    no     | 404
  post   /alerts/{id}/assign             | all   all   all   own   no    no    no    no     | 404
  get    /alerts/{id}/pack               | all   all   all   own   own   own   own   all    | 404
  post   /alerts/{id}/acknowledge        | all   all   all   own   no    no    no    no     | 404
  post   /alerts/{id}/confirm            | all   all   all   own   no    no    no    no     | 404
  post   /alerts/{id}/dismiss            | all   all   all   own   no    no    no    no     | 404
  post   /alerts/{id}/reopen             | all   all   all   own   no    no    no    no     | 404
  get    /snoozes                        | all   all   all   own   own   own   own   all    | without
  post   /snoozes                        | all   all   all   own   no    no    no    no     | 404
  delete /snoozes/{id}                   | all   all   all   own   no    no    no    no     | 404
  get    /handovers                      | all   all   all   own   no    no    no    no     | -
  get    /handovers/draft                | all   all   all   own   no    no    no    no     | -
  post   /handovers                      | all   all   all   own   no    no    no    no     | -
  post   /handovers/{id}/take            | all   all   all   own   no    no    no    no     | -

  get    /notices                        | all   all   all   own   own   own   own   none   | without
  get    /notices/recipients             | all   all   all   own   no    no    no    no     | 404
  post   /notices/tell                   | all   all   all   own   no    no    no    no     | 404
  get    /notices/{id}                   | all   all   all   own   own   own   own   404    | 404
  get    /notices/{id}/paper             | all   all   all   own   own   own   own   404    | 404
  post   /notices/{id}/photos            | no    no    no    no    own   own   own   404    | 404
  get    /notices/{id}/photos/{sha256}   | all   all   all   own   own   own   own   404    | 404
  post   /notices/{id}/acknowledge       | no    no    no    no    own   own   own   404    | 404
  post   /notices/{id}/rectify           | no    no    no    no    own   own   own   404    | 404
  post   /notices/{id}/object            | no    no    no    no    own   own   own   404    | 404
  post   /notices/{id}/accept            | all   all   no    no    no    no    no    no     | -
  post   /notices/{id}/send-back         | all   all   no    no    no    no    no    no     | -
  get    /notice-rules                   | all   all   all   all   no    no    no    no     | -
  post   /notice-rules                   | all   all   no    no    no    no    no    no     | -
  put    /notice-rules/{id}              | all   all   no    no    no    no    no    no     | -
  delete /notice-rules/{id}              | all   all   no    no    no    no    no    no     | -
  get    /me/notice-settings             | own   own   own   own   own   own   own   own    | -
  patch  /me/notice-settings             | own   own   own   own   own   own   own   own    | -
  post   /me/channels                    | own   own   own   own   own   own   own   own    | -
  patch  /me/channels/{id}               | own   own   own   own   own   own   own   own    | -
  delete /me/channels/{id}               | own   own   own   own   own   own   own   own    | -
  post   /me/channels/{id}/test          | own   own   own   own   own   own   own   own    | -

  get    /commands                       | all   all   all   own   no    own   no    all    | without
  post   /commands                       | all   all   all   own   no    no    no    no     | 404
  get    /commands/{id}                  | all   all   all   own   no    own   no    all    | 404
  get    /commands/{id}/photo            | 404   404   404   404   no    404   no    404    | -
  post   /commands/{id}/approve          | all   all   no    no    no    no    no    no     | -
  post   /commands/{id}/refuse           | all   all   no    no    no    no    no    no     | -
  get    /stats/words                    | all   all   all   own   no    own   no    all    | -

  get    /stats/overview                 | all   all   all   own   own   own   own   all    | -
  get    /stats/precision                | all   all   all   own   own   own   own   all    | -
  get    /stats/quality                  | all   all   all   own   own   own   own   all    | -
  get    /stats/figures                  | all   all   all   own   own   own   own   all    | -
  get    /stats/heat                     | all   all   all   own   own   own   own   all    | -
  get    /reports                        | all   all   all   own   no    own   no    all    | -
  get    /reports/sending                | all   all   all   own   no    own   no    all    | -
  post   /reports/{week}/seen            | all   all   all   own   no    own   no    all    | -
  get    /reports/weekly                 | all   all   all   own   no    own   no    all    | -

  get    /audit                          | all   all   no    no    no    no    no    no     | -
  get    /audit/verify                   | all   all   no    no    no    no    no    no     | -
  get    /brokers/mosquitto/passwords    | all   no    no    no    no    no    no    no     | -
  get    /brokers/mosquitto/acl          | all   no    no    no    no    no    no    no     | -
  post   /brokers/emqx/auth              | open
  post   /brokers/emqx/acl               | open

  get    /calendar                       | all   all   all   all   all   all   all   all    | -
  get    /calendar/deadline              | all   all   all   all   all   all   all   all    | -
  put    /calendar/hours                 | all   all   no    no    no    no    no    no     | -
  put    /calendar/years/{year}          | all   all   no    no    no    no    no    no     | -
  delete /calendar/years/{year}          | all   all   no    no    no    no    no    no     | -
  post   /calendar/import                | all   all   no    no    no    no    no    no     | -

  get    /hauls                          | all   all   all   own   own   own   own   all    | without
  get    /hauls/table                    | all   all   all   own   own   own   own   all    | without
  get    /hauls/totals                   | all   all   all   own   own   own   own   all    | without
  get    /hauls/places                   | all   all   all   own   own   own   own   all    | without
  get    /hauls/yards                    | all   all   all   own   none  own   own   all    | without
  post   /hauls/{id}/refuse              | all   all   no    no    no    no    own   no     | 404
  get    /yards/{id}/desk                | all   all   all   own   no    no    own   all    | 404
  get    /exports/alerts                 | all   all   all   own   own   own   own   all    | without
  get    /exports/hauls                  | all   all   all   own   own   own   own   all    | without
  get    /exports/notices                | all   all   all   own   own   own   own   none   | without
  get    /exports/accounts               | all   no    no    no    no    no    no    no     | -
  get    /exports/registry               | all   all   all   own   own   own   own   all    | without
  get    /exports/track                  | all   all   all   own   404   own   404   all    | 404
  get    /sightings                      | all   all   all   own   own   own   own   all    | without
  get    /sightings/last                 | all   all   all   own   own   none  own   all    | without
  get    /sightings/{camera}/{id}/picture | all  all   all   own   own   own   own   all    | 404
  get    /trucks/{id}/track              | all   all   all   own   404   own   404   all    | 404
  get    /trucks/{id}/fixes              | all   all   all   own   404   own   404   all    | 404
  get    /trucks/{id}/stays              | all   all   all   own   404   own   404   all    | 404
  get    /trucks/{id}/sensors            | all   all   all   own   404   own   404   all    | 404
  get    /quality/clocks                 | all   all   all   own   own   own   own   all    | -
  get    /quarantine                     | all   all   all   no    no    no    no    all    | -
  get    /quarantine/summary             | all   all   all   no    no    no    no    all    | -
  post   /quarantine/offer               | all   all   no    no    no    no    no    no     | -
  get    /lab                            | all   all   all   no    no    no    no    all    | -
  post   /lab                            | all   all   no    no    no    no    no    no     | -
  get    /lab/{id}                       | all   all   all   no    no    no    no    all    | -
  delete /lab/{id}                       | all   all   no    no    no    no    no    no     | -
  get    /system                         | all   all   all   own   no    no    no    all    | -
  get    /settings                       | all   all   all   all   all   all   all   all    | -
  get    /rules                          | all   all   all   all   all   all   all   all    | -
  put    /rules/{code}                   | all   all   no    no    no    no    no    no     | -
  get    /base-map                       | all   all   all   all   all   all   all   all    | -
  put    /base-map                       | all   no    no    no    no    no    no    no     | -

  get    /companies                      | all   all   all   own   own   own   own   all    | without
  get    /companies/{id}                 | all   all   all   own   own   own   own   all    | 404
  get    /companies/{id}/history         | all   all   all   own   own   own   own   all    | 404
  post   /companies                      | all   no    no    no    no    no    no    no     | -
  post   /companies/import               | all   no    no    no    no    no    no    no     | -
  patch  /companies/{id}                 | all   no    no    no    no    no    no    no     | -
  delete /companies/{id}                 | all   no    no    no    no    no    no    no     | -
  get    /trucks                         | all   all   all   own   own   own   own   all    | without
  get    /trucks/{id}                    | all   all   all   own   own   own   own   all    | 404
  get    /trucks/{id}/history            | all   all   all   own   own   own   own   all    | 404
  post   /trucks                         | all   no    no    no    no    no    no    no     | -
  post   /trucks/import                  | all   no    no    no    no    no    no    no     | -
  patch  /trucks/{id}                    | all   no    no    no    no    no    no    no     | -
  delete /trucks/{id}                    | all   no    no    no    no    no    no    no     | -
  get    /drivers                        | all   all   all   own   own   own   own   all    | without
  get    /drivers/{id}                   | all   all   all   own   own   own   own   all    | 404
  get    /drivers/{id}/history           | all   all   all   own   own   own   own   all    | 404
  post   /drivers                        | all   no    no    no    no    own   no    no     | 403
  post   /drivers/import                 | all   no    no    no    no    own   no    no     | 400
  patch  /drivers/{id}                   | all   no    no    no    no    own   no    no     | 404
  delete /drivers/{id}                   | all   no    no    no    no    own   no    no     | 404
  get    /terminals                      | all   all   all   own   own   own   own   all    | without
  get    /terminals/{id}                 | all   all   all   own   own   own   own   all    | 404
  get    /terminals/{id}/history         | all   all   all   own   own   own   own   all    | 404
  post   /terminals                      | all   no    no    no    no    no    no    no     | -
  post   /terminals/import               | all   no    no    no    no    no    no    no     | -
  patch  /terminals/{id}                 | all   no    no    no    no    no    no    no     | -
  delete /terminals/{id}                 | all   no    no    no    no    no    no    no     | -
  get    /cameras                        | all   all   all   own   own   none  own   all    | without
  get    /cameras/{id}                   | all   all   all   own   own   404   404   all    | 404
  get    /cameras/{id}/history           | all   all   all   own   own   404   404   all    | 404
  post   /cameras                        | all   no    no    no    no    no    no    no     | -
  post   /cameras/import                 | all   no    no    no    no    no    no    no     | -
  patch  /cameras/{id}                   | all   no    no    no    no    no    no    no     | -
  delete /cameras/{id}                   | all   no    no    no    no    no    no    no     | -
  get    /places                         | all   all   all   own   own   own   own   all    | without
  get    /places/{id}                    | all   all   all   own   own   own   404   all    | 404
  get    /places/{id}/history            | all   all   all   own   own   own   404   all    | 404
  get    /places/{id}/versions           | all   all   all   own   no    no    no    all    | 404
  post   /places/preview                 | all   all   no    no    no    no    no    no     | -
  post   /places                         | all   all   no    no    no    no    no    no     | -
  post   /places/import                  | all   all   no    no    no    no    no    no     | -
  patch  /places/{id}                    | all   all   no    no    no    no    no    no     | -
  delete /places/{id}                    | all   all   no    no    no    no    no    no     | -
  get    /managers                       | all   all   no    no    no    no    no    no     | -
  get    /routes                         | all   all   all   own   own   own   own   all    | without
  get    /routes/{id}                    | all   all   all   own   own   own   own   all    | 404
  get    /routes/{id}/history            | all   all   all   own   own   own   own   all    | 404
  post   /routes                         | all   all   no    no    no    no    no    no     | -
  post   /routes/import                  | all   all   no    no    no    no    no    no     | -
  patch  /routes/{id}                    | all   all   no    no    no    no    no    no     | -
  delete /routes/{id}                    | all   all   no    no    no    no    no    no     | -
  get    /permits                        | all   all   all   own   own   own   own   all    | without
  get    /permits/{id}                   | all   all   all   own   own   own   own   all    | 404
  get    /permits/{id}/history           | all   all   all   own   own   own   own   all    | 404
  post   /permits                        | all   all   no    no    no    no    no    no     | -
  post   /permits/import                 | all   all   no    no    no    no    no    no     | -
  patch  /permits/{id}                   | all   all   no    no    no    no    no    no     | -
  delete /permits/{id}                   | all   all   no    no    no    no    no    no     | -
  get    /districts                      | all   all   all   own   own   own   own   all    | without
  get    /districts/{id}                 | all   all   all   own   own   own   own   all    | 404
  post   /districts                      | all   no    no    no    no    no    no    no     | -
  post   /districts/import               | all   no    no    no    no    no    no    no     | -
  patch  /districts/{id}                 | all   no    no    no    no    no    no    no     | -
  delete /districts/{id}                 | all   no    no    no    no    no    no    no     | -

  event  snapshot                        | all   all   all   own   own   own   own   all    | without
  event  positions                       | all   all   all   own   own   own   own   all    | without
  event  alert                           | all   all   all   own   own   own   own   all    | without
  event  notice                          | all   all   all   own   own   own   own   none   | without
  event  command                         | all   all   all   own   none  own   none  all    | without
  event  health                          | all   all   all   own   own   own   own   all    | -
  event  changed                         | all   all   all   all   all   all   all   all    | -
`;

/** What `{id}` stands for in either world, by the beginning of the path. An alert of the yard is the yard keeper's, any other is the site's. */
const OBJECTS: Record<string, (world: World, person: Person) => string> = {
  '/alerts/': (world, person) => encodeURIComponent(worlds.alerts[world][person === 'yard' ? 'yard' : 'site']),
  '/notices/': (world, person) => (world === 'beta' ? worlds.notices.beta.other! : (worlds.notices.alpha[person] ?? worlds.notices.alpha.dispatcher!)),
  '/hauls/': (world) => encodeURIComponent(worlds.hauls[world]),
  '/yards/': (world) => `yard-${world}`,
  '/commands/': (world) => worlds.commands[world],
  '/snoozes/': (world) => worlds.snoozes[world],
  '/sightings/': (world, person) => `${person === 'yard' ? 'yard' : 'site'}-gate-${world}/pass-${world}`,
  '/companies/': (world) => `company-${world}`,
  '/trucks/': (world) => `truck-${world}`,
  '/drivers/': (world) => `driver-${world}`,
  '/terminals/': (world) => `truck-${world}`,
  '/cameras/': (world) => `site-gate-${world}`,
  '/places/': (world) => `site-${world}`,
  '/routes/': (world) => `route-${world}`,
  '/permits/': (world) => `permit-${world}`,
  '/districts/': (world) => `district-${world}`,
};
const lastHour = () => ({ from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() });
/** What is sent, or asked after the `?`; where nothing is said an empty body is. */
const BODIES: Record<string, (world: World) => object> = {
  'post /alerts/{id}/assign': () => ({ accountId: null }),
  'get /handovers/draft': () => ({ since: new Date(Date.now() - 60_000).toISOString() }),
  'post /handovers': () => ({ since: new Date(Date.now() - 60_000).toISOString() }),
  'post /alerts/{id}/dismiss': () => ({ reason: 'for the table' }),
  'post /alerts/{id}/reopen': () => ({ reason: 'for the table' }),
  'get /notices/recipients': (world) => ({ alert: worlds.alerts[world].site }),
  'get /exports/track': (world) => ({ trucks: `truck-${world}`, format: 'geojson', ...lastHour() }),
  'get /exports/registry': () => ({ kind: 'trucks' }),
  'get /stats/heat': lastHour,
  'get /trucks/{id}/fixes': lastHour,
  'get /trucks/{id}/stays': lastHour,
  'post /notices/tell': (world) => ({ alertId: worlds.alerts[world].site, accountId: worlds.accounts[world === 'alpha' ? 'dispatcher' : 'other'] }),
  'post /notices/{id}/rectify': () => ({ text: 'for the table' }),
  'post /hauls/{id}/refuse': () => ({ reason: 'for the table' }),
  'post /notices/{id}/object': () => ({ text: 'for the table' }),
  'post /commands': (world) => ({ truckId: `truck-${world}`, kind: 'speak', text: 'for the table' }),
  'post /snoozes': (world) => ({ truckId: `truck-${world}`, rule: 'long-stop', until: new Date(Date.now() + 60_000).toISOString(), reason: 'for the table' }),
  'post /drivers': (world) => ({ name: `another driver of ${world}`, companyId: `company-${world}` }),
  'post /drivers/import': (world) => [{ id: `driver-${world}`, phone: String(Math.random()) }],
  'patch /drivers/{id}': () => ({ phone: String(Math.random()) }),
  'post /quarantine/offer': () => ({ reason: 'no such reason' }),
  'get /reports/weekly': () => ({ week: '2026-W01', format: 'xlsx' }),
  'put /rules/{code}': () => ({ limits: {}, reason: 'for the table' }),
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof METHODS)[number];
interface Row {
  name: string;
  method: Method | 'event';
  path: string;
  cells: string[];
  foreign: string;
}
const NAMES = Object.keys(PEOPLE);
const ROWS: Row[] = TABLE.split('\n')
  .slice(2)
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [name, cells, foreign] = line.split('|').map((part) => part.trim().replace(/\s+/g, ' ')) as [string, string, string | undefined];
    const [method, path] = name.split(' ') as [Method, string];
    const said = cells.split(' ');
    return { name, method, path, cells: said.length === 1 ? NAMES.map(() => said[0]!) : said, foreign: foreign ?? '-' };
  });
/** Outside the document, or the document itself. */
const UNDOCUMENTED = /^\/(?:health\/|metrics$|api\/)/;
const REFUSED = [401, 403];

let worlds: Worlds;
let url: string;
beforeAll(async () => {
  worlds = await Worlds.on(await startTestServer());
  url = worlds.city.server.url;
});
afterAll(() => worlds.city.close());

async function ask(row: Row, person: Person | null, world: World): Promise<{ status: number; text: string }> {
  const object = Object.entries(OBJECTS).find(([beginning]) => row.path.startsWith(beginning) && row.path.includes('{'))?.[1];
  // Where nobody is narrowed nothing need be spoilt to see who may: of a thing that there is not.
  const id = object && row.foreign !== '-' ? object(world, person ?? 'admin') : row.path.includes('{code}') ? 'spill' : 'none-such';
  const path = row.path
    .replace('{camera}/{id}', id)
    .replace(/\{\w+\}/, id)
    .replace('{sha256}', worlds.photo);
  const answer = await request(url)
    [row.method as Method](UNDOCUMENTED.test(path) ? path : `/api/v1${path}`)
    .set(person === null ? {} : { Authorization: `Bearer ${worlds.tokens[person]!}` })
    .query(row.method === 'get' ? (BODIES[row.name]?.(world) ?? {}) : {})
    .send(row.method === 'get' ? undefined : (BODIES[row.name]?.(world) ?? {}));
  return { status: answer.status, text: JSON.stringify(answer.body) + (answer.text ?? '') };
}

it('says for every role what it may', () => {
  for (const { name, cells } of ROWS) expect({ name, cells: cells.length }).toEqual({ name, cells: NAMES.length });
  expect(ROWS.map(({ name }) => name)).toEqual([...new Set(ROWS.map(({ name }) => name))]);
});

it('has every endpoint of the document and no other', async () => {
  const { body } = await request(url).get('/api/openapi.json').expect(200);
  const documented = Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => `${method} ${path.replace('/api/v1', '')}`),
  );
  const said = ROWS.filter(({ method, path }) => method !== 'event' && !UNDOCUMENTED.test(path)).map(({ name }) => name);
  expect({ missing: documented.filter((name) => !said.includes(name)), gone: said.filter((name) => !documented.includes(name)) }).toEqual({
    missing: [],
    gone: [],
  });
});

it('has every event that a socket hears and no other', async () => {
  const { body } = await request(url).get('/api/asyncapi.json').expect(200);
  const sent = Object.values(body.operations as Record<string, { action: string; channel: { $ref: string }; messages: { $ref: string }[] }>)
    .filter(({ action, channel }) => action === 'send' && channel.$ref.endsWith('/live'))
    .flatMap(({ messages }) => messages.map(({ $ref }) => $ref.split('/').at(-1)!));
  const said = ROWS.filter(({ method }) => method === 'event').map(({ path }) => path);
  expect(sent.sort()).toEqual(said.sort());
});

// What is read first, so that nothing is retired or decided under it.
const requests = ROWS.filter(({ method }) => method !== 'event').sort((a, b) => Number(a.method !== 'get') - Number(b.method !== 'get'));
it.each(requests)('$name', async (row) => {
  const { name, method, path, cells, foreign } = row;
  const nobody = await ask(row, null, 'alpha');
  expect({ name, refused: nobody.status === 401 && nobody.text.includes('Sign in first.') }).toEqual({ name, refused: cells[0] !== 'open' });
  if (cells[0] === 'open') return;

  for (const [i, person] of NAMES.entries()) {
    const cell = cells[i]!;
    const own = await ask(row, person, 'alpha');
    const said = { name, person, cell, status: own.status };
    if (cell === 'no') {
      expect(said).toEqual({ ...said, status: 403 });
      continue;
    }
    if (/^\d+$/.test(cell)) {
      expect(said).toEqual({ ...said, status: Number(cell) });
      continue;
    }
    expect({ ...said, text: own.text.slice(0, 300), may: own.status < 500 && !REFUSED.includes(own.status) }).toMatchObject({ may: true });
    if (method === 'get' && foreign !== '-') expect(said).toEqual({ ...said, status: 200 });
    if (foreign !== '-') expect({ ...said, found: own.status !== 404 }).toMatchObject({ found: true });
    const one = path.includes('{');
    if (method === 'get' && !one && foreign === 'without') {
      expect({ ...said, alpha: own.text.includes('alpha'), beta: own.text.includes('beta') }).toEqual({
        ...said,
        alpha: cell !== 'none',
        beta: cell === 'all',
      });
    } else if (method === 'get' && cell === 'own') {
      expect({ ...said, beta: own.text.includes('beta') }).toEqual({ ...said, beta: false });
    }
    if (foreign === '-' || foreign === 'without') continue;
    const other = await ask(row, person, 'beta');
    if (cell === 'own') expect({ name, person, foreign: other.status }).toEqual({ name, person, foreign: Number(foreign) });
    else expect({ name, person, status: other.status, may: other.status < 500 && ![...REFUSED, 404].includes(other.status) }).toMatchObject({ may: true });
  }
});

describe('sockets', () => {
  const pages: Record<Person, Page> = {};
  beforeAll(async () => {
    for (const person of NAMES) pages[person] = await Page.open(url, worlds.tokens[person]!);
    // Whoever sees only a place sees a truck while it is there: it is at both, one after the other.
    for (const where of ['site', 'yard'] as const) {
      await worlds.stand(where);
      for (const world of ['beta', 'alpha'] as const) {
        await eventually(`the city sees the truck at the ${where}`, () => pages.admin!.positions(`truck-${world}`).length > (where === 'site' ? 0 : 1));
      }
      await eventually(`whoever has the ${where} sees it`, () => pages[where]!.positions('truck-alpha').length > 0);
    }
    for (const world of ['beta', 'alpha'] as const) {
      for (const id of Object.values(worlds.alerts[world])) {
        const { body } = await worlds.city.call('get', `/alerts/${encodeURIComponent(id)}`);
        const step = ['dismissed', 'confirmed'].includes(body.status as string) ? 'reopen' : 'dismiss';
        expect((await worlds.city.step(id, step, 'for the sockets')).status).toBe(200);
      }
    }
    for (const person of ['site', 'dispatcher', 'yard', 'other']) await worlds.tell(person);
    for (const world of ['beta', 'alpha'] as const) await worlds.command(world);
    await worlds.city.call('post', '/companies').send({ name: 'alpha and beta' }).expect(201);
    for (const person of NAMES) {
      await eventually(`${person} has heard of everything`, () =>
        ROWS.filter(({ method, cells }) => method === 'event' && cells[NAMES.indexOf(person)] !== 'none').every(
          ({ path }) => pages[person]!.of(path).length > 0,
        ),
      );
    }
  });
  afterAll(() => Object.values(pages).forEach((page) => page.close()));

  it.each(ROWS.filter(({ method }) => method === 'event'))('$path', ({ path, cells, foreign }) => {
    for (const [i, person] of NAMES.entries()) {
      const heard = JSON.stringify(pages[person]!.of(path));
      const said = { path, person };
      if (foreign === 'without')
        expect({ ...said, alpha: heard.includes('alpha'), beta: heard.includes('beta') }).toEqual({
          ...said,
          alpha: cells[i] !== 'none',
          beta: cells[i] === 'all',
        });
      else expect({ ...said, heard: heard.length > 2 }).toEqual({ ...said, heard: true });
    }
  });

  it('tell those who are narrowed of no more than their own trucks how the machine fares', async () => {
    await eventually('no truck is at the site any more', () => pages.site!.health.at(-1)!.fleet.trucks === 0);
    for (const person of ['district', 'site', 'dispatcher', 'yard']) {
      const { fleet, intake, memoryMb, quarantine } = pages[person]!.health.at(-1) as Health;
      expect({ person, trucks: fleet.trucks, reports: intake.reports, memoryMb, quarantine }).toEqual({
        person,
        trucks: person === 'site' ? 0 : 1,
        reports: 0,
        memoryMb: 0,
        quarantine: { last24h: 0 },
      });
    }
    expect(pages.admin!.health.at(-1)!.fleet.trucks).toBe(2);
  });

  it('describe every event as the contract does', () => {
    for (const page of Object.values(pages)) expect(page.faults).toEqual([]);
  });
});
