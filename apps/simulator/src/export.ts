import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseMap } from './base-map.js';
import type { City } from './city.js';
import type { Fleet } from './fleet.js';
import { makeRegistry } from './registry.js';
import type { Day } from './simulate.js';
import { truthLine } from './truth.js';

const FLUSH_CHARS = 1 << 18;

/** Writes the city as the imports take it, the packets of every terminal and camera in the order sent (`{at, payload}` a line), and the truth. */
export function exportDay(dir: string, city: City, fleet: Fleet, day: Day): { packets: number; deeds: number } {
  for (const kind of ['terminals', 'cameras']) mkdirSync(join(dir, kind), { recursive: true });
  const registry = makeRegistry(city, fleet, {});
  for (const kind of ['companies', 'trucks', 'terminals', 'cameras', 'places', 'routes', 'permits'] as const)
    writeFileSync(join(dir, `${kind}.json`), JSON.stringify(registry[kind]));
  writeFileSync(join(dir, 'base-map.json'), JSON.stringify(baseMap(city)));

  const pending = new Map<string, string[]>();
  let chars = 0;
  let packets = 0;
  const flush = (): void => {
    for (const [file, lines] of pending) appendFileSync(join(dir, file), lines.join(''));
    pending.clear();
    chars = 0;
  };
  const keep = (file: string, packet: { at: number; payload: unknown }): void => {
    const line = `${JSON.stringify({ at: packet.at, payload: packet.payload })}\n`;
    const lines = pending.get(file);
    if (lines) lines.push(line);
    else pending.set(file, [line]);
    packets++;
    if ((chars += line.length) > FLUSH_CHARS * 64) flush();
  };
  for (const { terminal } of fleet.trucks) writeFileSync(join(dir, 'terminals', `${terminal.id}.jsonl`), '');
  for (const { id } of registry.cameras) writeFileSync(join(dir, 'cameras', `${id}.jsonl`), '');
  for (const sent of day.sent) keep(join('terminals', `${sent.terminalId}.jsonl`), sent);
  for (const sent of day.sightings) keep(join('cameras', `${sent.cameraId}.jsonl`), sent);
  flush();
  writeFileSync(join(dir, 'truth.jsonl'), day.truth.map((truth) => `${truthLine(truth)}\n`).join(''));
  return { packets, deeds: day.truth.length };
}
