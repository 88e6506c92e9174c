import { choosePlace } from '../app/focus.js';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { hoursWords } from '../permits/hours.js';
import { PLACE_COLOUR } from '../theme/tokens.js';
import { MapCard } from './MapCard.js';
import { useMap } from './mapStore.js';
import { holds, type MapPlace } from './places.js';

export function PlaceCard({ placeId }: { placeId: string }) {
  const t = useWords();
  const zone = useZone();
  const place = useMap((s) => s.places.find((p) => p.id === placeId));
  if (!place) return null;

  const { hours, curfew, limitKmh, capacityM3, validTo } = place.properties;
  const rows: [string, string][] = [
    ...(place.kind === 'parking-lot' ? [] : ([[t.map.hours, hoursWords(hours, t)]] as [string, string][])),
    ...(curfew?.length ? ([[t.map.hours, hoursWords(curfew, t)]] as [string, string][]) : []),
    ...(limitKmh ? ([[t.map.limit, `${limitKmh} ${t.unit.kmh}`]] as [string, string][]) : []),
    ...(capacityM3 ? ([[t.map.capacity, `${capacityM3.toLocaleString(t.code)} m³`]] as [string, string][]) : []),
    [t.map.valid, validTo ? t.map.until(timeWords(Date.parse(validTo), serverNow(), zone, t)) : t.map.open],
    [t.map.inside, t.map.trucksInside(trucksIn(place))],
  ];
  return (
    <MapCard testId="place-card" name={place.name} kind={t.place[place.kind]} colour={PLACE_COLOUR[place.kind]} rows={rows} onClose={() => choosePlace(null)} />
  );
}

function trucksIn(place: MapPlace): number {
  let n = 0;
  for (let i = 0; i < fleet.count; i++) {
    const x = fleet.toX[i]!;
    const y = fleet.toY[i]!;
    if (x >= place.west && x <= place.east && y >= place.north && y <= place.south && holds(place, x, y)) n++;
  }
  return n;
}
