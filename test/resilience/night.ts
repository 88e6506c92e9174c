import type { Report } from '@muckwatch/domain';
import { decode } from '@muckwatch/protocols';
import { makeCity, makeFleet, simulate, type Truth } from '../../apps/simulator/src/index.js';
import { makeRegistry, type Registry } from '../../apps/simulator/src/registry.js';
import type { Terminals } from './terminals.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 21:00 in the city's time. */
const NINE_PM_MS = 13 * 60 * MINUTE_MS;

/** Told by terminals; what only a camera sees is left out, no camera is played. */
const ON_THE_ROAD = ['uncovered-load', 'spill', 'illegal-dumping', 'speeding', 'no-go'] as const;

/** What happened in a made city in the hours after nine on a recent evening, in which most drivers break rules and every report is heard. */
export interface Night {
  registry: Pick<Registry, 'companies' | 'trucks' | 'terminals' | 'places' | 'permits'> & Partial<Pick<Registry, 'routes'>>;
  /** In the order of sending. */
  packets: { terminalId: string; payload: string }[];
  truth: Truth[];
}

export function makeNight({ trucks, minutes, seed }: { trucks: number; minutes: number; seed: number }): Night {
  const city = makeCity(1);
  const fleet = makeFleet(city, 1, trucks);
  const to = Date.now() - 10 * MINUTE_MS;
  const from = Math.floor((to - minutes * MINUTE_MS - NINE_PM_MS) / DAY_MS) * DAY_MS + NINE_PM_MS;
  const day = simulate({ city, fleet, seed, from, to: from + minutes * MINUTE_MS, violations: { share: 0.9, rules: ON_THE_ROAD }, coverage: 'off' });
  const packets = [...day.sent].map(({ terminalId, payload }) => ({ terminalId, payload: JSON.stringify(payload) }));
  const secrets = Object.fromEntries(fleet.trucks.map(({ terminal }) => [terminal.id, `secret of ${terminal.id}`]));
  const { companies, trucks: registered, terminals, places, routes, permits } = makeRegistry(city, fleet, secrets);
  return {
    registry: { companies, trucks: registered, terminals, places, routes, permits },
    packets,
    truth: day.truth.filter(({ scope }) => !scope?.startsWith('cam-')),
  };
}

/** Lays the city down through the public imports. */
export async function register(server: { url: string; adminToken: string }, registry: Partial<Night['registry']>): Promise<void> {
  for (const kind of ['companies', 'trucks', 'terminals', 'places', 'routes', 'permits'] as const) {
    if (!registry[kind]) continue;
    const response = await fetch(`${server.url}/api/v1/${kind}/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.adminToken}` },
      body: JSON.stringify(registry[kind]),
    });
    if (!response.ok) throw new Error(`POST /${kind}/import answered ${response.status}: ${(await response.text()).slice(0, 1_000)}`);
  }
}

/** Turns every terminal on and gives it its night to send, as fast as it is acknowledged. */
export function play(night: Night, terminals: Terminals): void {
  for (const { id, secret } of night.registry.terminals) terminals.add(id, secret!);
  for (const { terminalId, payload } of night.packets) terminals.send(terminalId, payload);
}

/** What packets say, in their order, each report once. */
export function reportsOf(packets: { terminalId: string; payload: string }[]): Map<string, Report> {
  const reports = packets.flatMap(({ terminalId, payload }) =>
    decode(`muck/v1/terminals/${terminalId}/reports`, Buffer.from(payload)).flatMap((said) => (said.kind === 'report' ? [said.report] : [])),
  );
  return new Map(reports.map((report) => [keyOf(report), report]));
}

export function keyOf({ source, at, digest }: Pick<Report, 'source' | 'at' | 'digest'>): string {
  return `${source} ${new Date(at).toISOString()} ${digest}`;
}
