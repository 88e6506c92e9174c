import type { PlacedFinding } from './findings.js';
import type { PlaceKind } from './place.js';
import { plateWords } from './plate-words.js';
import type { AnyRule } from './rules/index.js';
import type { Sentence } from './rule.js';
import { metres } from './rules/say.js';
import { DAY_MS, type EpochMs, MINUTE_MS } from './time.js';
import type { World } from './world.js';

/** Where an alert is: the place itself, or the nearest with its distance. */
export interface Whereabout {
  id: string;
  kind: PlaceKind;
  name: string;
  distanceM: number;
}

/** The finding's own place, else the one nearest to where it began, within 5 km. */
export function whereIs(finding: PlacedFinding, world: World): Whereabout | null {
  const own = finding.placeId === null ? undefined : world.place(finding.placeId);
  if (own) return { id: own.id, kind: own.kind, name: own.name, distanceM: 0 };
  const near = world.nearest(finding.point, finding.began);
  return near && { id: near.place.id, kind: near.place.kind, name: near.place.name, distanceM: Math.round(near.distanceM) };
}

/** The one sentence of an alert, in Chinese and English: plate, from–to by the city's clock, where, and what with its numbers. */
export function describe(finding: PlacedFinding, rule: AnyRule, plate: string | null, where: Whereabout | null, world: World): Sentence {
  const did = rule.say(finding.evidence);
  const durationS = Number(finding.evidence.durationS ?? 0);
  const until = finding.ended ?? finding.began + durationS * 1_000;
  const clock = (at: EpochMs) => cityClock(at, world);
  const zhTime = until > finding.began ? `${clock(finding.began)}–${clock(until)}` : clock(finding.began);
  const enTime = until > finding.began ? `from ${clock(finding.began)} to ${clock(until)}` : `at ${clock(finding.began)}`;
  // Where nobody can be named the sentence begins with what happened.
  return {
    zh: `${plate === null ? '' : `${plateWords(plate)} 于 `}${zhTime} ${whereZh(where)}${did.zh}`,
    en: `${plate === null ? upperFirst(did.en) : `${plateWords(plate)} ${did.en}`}${whereEn(where)} ${enTime}`,
  };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Hours, minutes and seconds by the city's clock. */
export function cityClock(at: EpochMs, world: World): string {
  const seconds = Math.floor(((((at + world.utcOffset(at) * MINUTE_MS) % DAY_MS) + DAY_MS) % DAY_MS) / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function whereZh(where: Whereabout | null): string {
  if (where === null) return '';
  return where.distanceM === 0 ? `在${where.name}` : `在距${where.name} ${metres(where.distanceM)} 处`;
}

function whereEn(where: Whereabout | null): string {
  if (where === null) return '';
  return where.distanceM === 0 ? ` in ${where.name}` : ` near ${where.name} (${metres(where.distanceM)})`;
}
