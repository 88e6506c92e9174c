import type { Health } from '@muckwatch/contract';

/**
 * How the server is, as those are told who do not see the whole city: whether it works, and the trucks that are theirs. How many there are otherwise, and what
 * the machine does with them, is the city's business.
 */
export function ownHealth(health: Health, fleet: { trucks: number; heard: number; silent: number }): Health {
  const { at, version, startedAt, cityTimeZone, database, broker } = health;
  const nothing = <T extends object>(part: T): T =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [name, typeof value === 'number' ? 0 : null])) as T;
  const { kind, ok, since } = database;
  return {
    ...{ at, version, startedAt, cityTimeZone },
    database: { kind, ok, since, error: null, versions: '', queued: 0, waitMs: null, commitP50Ms: null, commitP99Ms: null },
    broker: { kind: broker.kind, ok: broker.ok, since: broker.since, error: null, clients: null, refusedSignIns: 0, refusedTopics: 0 },
    intake: nothing(health.intake),
    fleet: { ...fleet, places: 0 },
    judging: nothing(health.judging),
    downlink: nothing(health.downlink),
    live: { sockets: 0 },
    quarantine: { last24h: 0 },
    memoryMb: 0,
  };
}
