import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { baseMap } from './base-map.js';
import type { SentSighting } from './cameras.js';
import { makeCity } from './city.js';
import type { City } from './city.js';
import { exportDay } from './export.js';
import { FleetLink } from './fleet-link.js';
import { makeFleet } from './fleet.js';
import type { Fleet } from './fleet.js';
import { cityTime, HOUR_MS } from './hours.js';
import { readOptions, USAGE } from './options.js';
import type { Options } from './options.js';
import { whenToldToStop } from './parent.js';
import { fasterClock, play, WALL } from './player.js';
import { register } from './register.js';
import { makeRegistry, signedInIds } from './registry.js';
import { keepSecrets } from './secrets.js';
import type { Secrets } from './secrets.js';
import { simulate } from './simulate.js';
import type { Day, Sent } from './simulate.js';
import { truthLine } from './truth.js';
import type { EpochMs } from './truth.js';

const STATUS_EVERY_MS = 10_000;
const PATIENCE_MS = 60_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(USAGE);
  const say = options.quiet ? (): void => undefined : (line: string): void => console.log(line);
  const end = { asked: false, atOnce: true };
  await whenToldToStop((why) => {
    if (!end.asked) say(`stopping: ${why}`);
    end.asked = true;
    // Until the terminals are on there is nobody to say goodbye.
    if (end.atOnce) process.exit(0);
  });
  const city = makeCity(options.seed);
  const fleet = makeFleet(city, options.seed, options.trucks);
  if (options.exportTo) return writeDay(options.exportTo, options, city, fleet, say);

  const secrets = keepSecrets(options.state, signedInIds(city, fleet));
  if (options.register) await layDown(options, city, fleet, secrets, say);
  end.atOnce = false;
  await drive(options, city, fleet, secrets, say, () => end.asked);
}

function writeDay(dir: string, options: Options, city: City, fleet: Fleet, say: (line: string) => void): void {
  const to = wholeSecond(Date.now());
  const day = simulate({ ...options, city, fleet, from: to - options.hours! * HOUR_MS, to });
  const { packets, deeds } = exportDay(dir, city, fleet, day);
  say(`${options.hours} h of ${fleet.trucks.length} trucks: ${packets} packets, ${deeds} violations, in ${dir}`);
}

async function layDown(options: Options, city: City, fleet: Fleet, secrets: Secrets, say: (line: string) => void): Promise<void> {
  say(`laying down the demo city: ${city.sites.length} sites, ${city.yards.length} yards, ${fleet.trucks.length} trucks …`);
  await register({ ...options, patienceMs: PATIENCE_MS }, makeRegistry(city, fleet, secrets), baseMap(city), say);
}

async function drive(options: Options, city: City, fleet: Fleet, secrets: Secrets, say: (line: string) => void, stopped: () => boolean): Promise<void> {
  let clock = WALL;
  let told: Day['told'] | null = null;
  const link = new FleetLink(
    options.mqtt,
    city,
    fleet,
    secrets,
    () => clock.now(Date.now()),
    (terminalId, command) => told?.(terminalId, command, clock.now(Date.now())),
  );
  await link.connect();

  // The day begins when the terminals are on: what they read before would come late.
  const wall = wholeSecond(Date.now()) + 1000;
  const lastsMs = options.hours === null ? Infinity : options.hours * HOUR_MS;
  const to = wall + lastsMs / options.speed;
  const from = options.speed === 1 ? wall : wholeSecond(to - lastsMs);
  if (options.speed !== 1) clock = fasterClock(from, wall, options.speed);
  const day = simulate({ ...options, city, fleet, from, to });
  if (options.speed === 1) told = day.told;
  const truth = keepTruth(options.truth, day);
  const status = setInterval(() => {
    truth();
    say(statusLine(clock.now(Date.now()), link, fleet, day));
  }, STATUS_EVERY_MS);
  const send = (sent: Sent): void => link.send(sent);
  const sendSighting = (sent: SentSighting): void => link.sendSighting(sent);
  await play(day, { clock, wall: Date.now, send, sendSighting, crowded: () => link.crowded(), stopped });
  clearInterval(status);
  await link.settle(stopped() ? 800 : 30_000);
  truth();
  await link.stop();
  say(statusLine(Math.min(to, clock.now(Date.now())), link, fleet, day));
  // Sockets that a dead server never closes must not keep a stopped fleet alive.
  process.exit(0);
}

function statusLine(at: EpochMs, link: FleetLink, fleet: Fleet, day: Day): string {
  const { connected, sent, acked, inFlight, waiting, lost } = link.traffic;
  const stored = waiting > 0 || lost > 0 ? `, ${waiting} stored in terminals${lost > 0 ? `, ${lost} given up` : ''}` : '';
  return `${cityTime(wholeSecond(at)).slice(0, 19).replace('T', ' ')}  ${connected}/${fleet.trucks.length} trucks connected, ${sent} reports sent, ${acked} acked, ${inFlight} in flight${stored}, ${link.sightings.sent} sightings, ${day.truth.length} violations so far`;
}

/** Writes what the drivers did as it is over; answers a function that writes what is new. */
function keepTruth(file: string | null, day: Day): () => void {
  if (!file) return () => undefined;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  let written = 0;
  return () => {
    const fresh = day.truth.slice(written);
    written += fresh.length;
    if (fresh.length > 0) appendFileSync(file, fresh.map((truth) => `${truthLine(truth)}\n`).join(''));
  };
}

function wholeSecond(at: EpochMs): EpochMs {
  return Math.floor(at / 1000) * 1000;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
