import type { Role } from '@muckwatch/contract';
import { createHash } from 'node:crypto';
import { City, drive, eastOf, eventually, LAT, SECRET, square, times } from './city.js';
import type { TestServer } from './server.js';

/** Everything of a world bears its name, so that what leaks from one into the other can be read off any answer. */
export const WORLDS = ['alpha', 'beta'] as const;
export type World = (typeof WORLDS)[number];
const LON: Record<World, number> = { alpha: 113.4, beta: 113.9 };
/** From the western border of a site to that of its yard. */
const YARD_M = 1_500;

/** Who there is: of each role one, and those who are narrowed belong to alpha. */
export const PEOPLE: Record<string, { role: Role; scope?: object }> = {
  admin: { role: 'admin' },
  supervisor: { role: 'supervisor' },
  operator: { role: 'operator' },
  district: { role: 'operator', scope: { districtIds: ['district-alpha'] } },
  site: { role: 'site-manager', scope: { placeIds: ['site-alpha'] } },
  dispatcher: { role: 'dispatcher', scope: { companyIds: ['company-alpha'] } },
  yard: { role: 'yard-keeper', scope: { placeIds: ['yard-alpha'] } },
  viewer: { role: 'viewer' },
};
/** Somebody who is told what happens in beta. */
const OTHER = { role: 'dispatcher' as const, scope: { companyIds: ['company-beta'] } };
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
export type Person = keyof typeof PEOPLE;

/** Two worlds that have nothing to do with each other, each with one of everything, and one person of each role. */
export class Worlds {
  readonly tokens: Record<Person, string> = {};
  readonly accounts: Record<Person, string> = {};
  /** Of the truck's two alerts the one that began at the site, and the one near the yard. */
  readonly alerts = {} as Record<World, { site: string; yard: string }>;
  readonly snoozes = {} as Record<World, string>;
  readonly hauls = {} as Record<World, string>;
  readonly commands = {} as Record<World, string>;
  /** Of who is told of things: in beta there is one such, who stands for all. */
  readonly notices: Record<World, Record<Person, string>> = { alpha: {}, beta: {} };
  /** Of the one photo that each of them sent. */
  readonly photo = createHash('sha256').update(PHOTO).digest('hex');
  #at = Date.now() - 900_000;

  private constructor(readonly city: City) {}

  static async on(server: TestServer): Promise<Worlds> {
    const worlds = new Worlds(new City(server));
    for (const world of WORLDS) await worlds.#register(world);
    for (const [name, { role, scope }] of Object.entries({ ...PEOPLE, other: OTHER })) {
      const { id, token } = await worlds.city.person(`${name}-person`, role, scope);
      Object.assign(worlds.tokens, { [name]: token });
      Object.assign(worlds.accounts, { [name]: id });
    }
    await worlds.#haul();
    for (const world of WORLDS) await worlds.#see(world);
    for (const person of ['site', 'dispatcher', 'yard', 'other']) await worlds.tell(person);
    for (const person of ['site', 'dispatcher', 'yard', 'other']) await worlds.#photo(person);
    for (const world of WORLDS) worlds.commands[world] = await worlds.command(world);
    return worlds;
  }

  /** Both trucks stand at their site or in their yard for a while, and are believed to be there. */
  async stand(where: 'site' | 'yard'): Promise<void> {
    this.#at += 120_000;
    for (const world of WORLDS) {
      const lon = eastOf(LON[world], where === 'site' ? 100 : YARD_M + 100);
      await this.city.upload(`truck-${world}`, drive({ at: this.#at, lon }, times(5, { speedKmh: 0, ignition: true })));
    }
    this.#at += 25_000;
  }

  /** Tells somebody by hand of what is theirs, again if they have been told. */
  async tell(person: Person): Promise<void> {
    const world = person === 'other' ? 'beta' : 'alpha';
    const alertId = this.alerts[world][person === 'yard' ? 'yard' : 'site'];
    const { body } = await this.city
      .call('post', '/notices/tell')
      .send({ alertId, accountId: this.accounts[person], text: `by hand in ${world}` })
      .expect(({ status, text }) => {
        if (status >= 300) throw new Error(`${person} cannot be told: ${text}`);
      });
    this.notices[world][person] = body.id as string;
  }

  async command(world: World): Promise<string> {
    const { body } = await this.city
      .call('post', '/commands')
      .send({ truckId: `truck-${world}`, kind: 'speak', text: `slower in ${world}` })
      .expect(201);
    return body.id as string;
  }

  async #photo(person: Person): Promise<void> {
    const id = this.notices[person === 'other' ? 'beta' : 'alpha'][person]!;
    await this.city.call('post', `/notices/${id}/photos`, this.tokens[person]).set('Content-Type', 'image/jpeg').send(PHOTO).expect(201);
  }

  async #register(world: World): Promise<void> {
    const { city } = this;
    const lon = LON[world];
    const validFrom = '2026-01-01T00:00:00Z';
    const make = (path: string, body: object) =>
      city
        .call('post', path)
        .send(body)
        .expect(path === '/snoozes' ? 200 : 201);
    const { geometry } = square('', '', eastOf(lon, -5_000), 20_000);
    await make('/districts', { type: 'Feature', geometry, properties: { id: `district-${world}`, name: `district ${world}` } });
    await city.trucks([`truck-${world}`], `company-${world}`);
    await city
      .call('patch', `/companies/company-${world}`)
      .send({ districtId: `district-${world}` })
      .expect(200);
    await make('/drivers', { id: `driver-${world}`, name: `driver ${world}`, companyId: `company-${world}` });
    await make('/places', square(`site-${world}`, 'site', lon, 200, { validFrom }));
    await make('/places', square(`yard-${world}`, 'yard', eastOf(lon, YARD_M), 600, { validFrom }));
    for (const kind of ['site', 'yard']) {
      await make('/cameras', { id: `${kind}-gate-${world}`, placeId: `${kind}-${world}`, name: `gate ${world}`, secret: SECRET });
    }
    const coordinates = [
      [eastOf(lon, 100), LAT],
      [eastOf(lon, YARD_M), LAT],
    ];
    await make('/routes', { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { id: `route-${world}`, name: `route ${world}` } });
    const permit = { companyId: `company-${world}`, siteId: `site-${world}`, yardIds: [`yard-${world}`], routeIds: [`route-${world}`], validFrom };
    await make('/permits', { id: `permit-${world}`, ...permit });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const snooze = await make('/snoozes', { truckId: `truck-${world}`, rule: 'long-stop', until, reason: `workshop of ${world}` });
    this.snoozes[world] = snooze.body.id as string;
  }

  /** Loaded at the site, out with the cover open, over the limit in the yard. */
  async #haul(): Promise<void> {
    const load = { loadKg: 16_500, cover: 'open', ignition: true };
    const steps = [...times(4, { ...load, speedKmh: 0 }), ...times(34, { ...load, speedKmh: 30 }), ...times(5, { ...load, speedKmh: 75 })];
    for (const world of WORLDS) await this.city.upload(`truck-${world}`, drive({ at: this.#at, lon: eastOf(LON[world], 100) }, steps));
    this.#at += steps.length * 5_000;
    await this.stand('yard');
    for (const world of WORLDS) {
      const alerts = await eventually(
        'its alerts are there',
        () => this.city.alerts(`truck=truck-${world}`),
        ({ length }) => length >= 2,
      );
      const at = (place: string) =>
        alerts.find((alert) => alert.place?.id === place && alert.rule !== 'uncovered-load')?.id ?? alerts.find((alert) => alert.place?.id === place)?.id;
      const [site, yard] = [at(`site-${world}`), at(`yard-${world}`)];
      if (!site || !yard) throw new Error(`no alert at both ends: ${JSON.stringify(alerts.map(({ rule, place }) => [rule, place]))}`);
      this.alerts[world] = { site, yard };
      const { body } = await this.city.call('get', `/hauls?truck=truck-${world}`).expect(200);
      this.hauls[world] = body.items[0].id as string;
    }
  }

  async #see(world: World): Promise<void> {
    const picture = { type: 'image/jpeg', data: Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from(world)]).toString('base64') };
    for (const kind of ['site', 'yard']) {
      const gate = await this.city.device(`${kind}-gate-${world}`);
      const said = {
        id: `pass-${world}`,
        kind: 'pass',
        direction: 'in',
        time: new Date(this.#at).toISOString(),
        plate: `鄂S-truck-${world}`,
        plateConfidence: 0.99,
        snapshot: picture,
      };
      await gate.publishAsync(`muck/v1/cameras/${kind}-gate-${world}/sightings`, JSON.stringify(said), { qos: 1 });
    }
  }
}
