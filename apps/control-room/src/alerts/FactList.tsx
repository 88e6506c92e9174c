import type { AlertDetail } from '@muckwatch/contract';
import { spanWords, timeWords } from '../app/time.js';
import { useWords, type Words } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { factsOf, type Facts } from './facts.js';
import { metres, tonnes } from './measures.js';

/** The facts that decide, each with its unit; what was not said says so. */
export function FactList({ detail, now }: { detail: AlertDetail; now: number }) {
  const t = useWords();
  const zone = useZone();
  const facts = factsOf(detail, now);
  const hot = detail.severity === 'minor' ? '' : `c-${detail.severity}`;
  const rows: [label: string, value: string, className?: string][] = [
    // A truck without a known haul has neither: nothing is shown rather than two dashes.
    ...(detail.haul ? ([[t.detail.site, detail.haul.site?.name ?? t.none], [t.detail.yard, detail.haul.yard?.name ?? t.none]] as [string, string][]) : []), // prettier-ignore
    [t.detail.when, timeWords(Date.parse(detail.began), now, zone, t)],
    [t.detail.lasted, spanWords(facts.lastedMs, t), facts.ongoing ? hot : ''],
    [t.detail.load, loadText(facts, t)],
    [t.detail.speed, facts.topSpeedKmh === null ? t.notSaid : `${Math.round(facts.topSpeedKmh)} ${t.unit.kmh}`],
    [t.detail.coverBed, coverBedText(facts, t), facts.cover === 'open' || facts.bed === 'raised' || (facts.bedDeg ?? 0) >= 10 ? hot : ''],
    [t.detail.place, placeText(detail, t)],
  ];
  return (
    <dl className="facts">
      {rows.map(([label, value, className]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={className} title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function placeText({ place }: AlertDetail, t: Words): string {
  if (!place) return t.queue.onRoad;
  return place.distanceM > 0 ? t.detail.distanceFrom(place.name, metres(place.distanceM, t)) : place.name;
}

function loadText(facts: Facts, t: Words): string {
  if (facts.loadFromKg !== null && facts.loadToKg !== null) {
    const from = tonnes(facts.loadFromKg, t);
    const to = tonnes(facts.loadToKg, t);
    return Math.abs(facts.loadFromKg - facts.loadToKg) < 400 ? to : `${from.replace(/ t$/, '')} → ${to}`;
  }
  return facts.loadState === null ? t.notSaid : t.detail.loadWord[facts.loadState];
}

function coverBedText(facts: Facts, t: Words): string {
  const cover = facts.cover === null ? t.notSaid : t.detail.coverWord[facts.cover];
  const bed = facts.bedDeg !== null ? `${Math.round(facts.bedDeg)}${t.unit.deg}` : facts.bed === null ? t.notSaid : t.detail.bedWord[facts.bed];
  return `${cover} / ${bed}`;
}
