import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseMap } from './base-map.js';
import type { City } from './city.js';
import type { Fleet } from './fleet.js';
import { makeRegistry } from './registry.js';
import type { Day } from './simulate.js';
import { truthLine } from './truth.js';

const FLUSH_CHARS = 1 << 18;

/** Writes the city as the imports take it, every terminal's packets in the order sent (`{at, payload}` a line), and the truth. */
export function exportDay(dir: string, city: City, fleet: Fleet, day: Day): { packets: number; deeds: number } {
  mkdirSync(join(dir, 'terminals'), { recursive: true });
  const registry = makeRegistry(city, fleet, {});
  for (const kind of ['companies', 'trucks', 'terminals', 'cameras', 'places'] as const)
    writeFileSync(join(dir, `${kind}.json`), JSON.stringify(registry[kind]));
  writeFileSync(join(dir, 'base-map.json'), JSON.stringify(baseMap(city)));

  const pending = new Map<string, string[]>();
  let chars = 0;
  let packets = 0;
  const flush = (): void => {
    for (const [terminalId, lines] of pending) appendFileSync(join(dir, 'terminals', `${terminalId}.jsonl`), lines.join(''));
    pending.clear();
    chars = 0;
  };
  for (const { truck } of day.states()) writeFileSync(join(dir, 'terminals', `${truck.terminal.id}.jsonl`), '');
  for (const { at, terminalId, payload } of day.sent) {
    const line = `${JSON.stringify({ at, payload })}\n`;
    const lines = pending.get(terminalId);
    if (lines) lines.push(line);
    else pending.set(terminalId, [line]);
    packets++;
    if ((chars += line.length) > FLUSH_CHARS * 64) flush();
  }
  flush();
  writeFileSync(join(dir, 'truth.jsonl'), day.truth.map((truth) => `${truthLine(truth)}\n`).join(''));
  return { packets, deeds: day.truth.length };
}
