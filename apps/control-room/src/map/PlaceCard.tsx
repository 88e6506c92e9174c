import { PLAYBACK_TRUCKS } from '@muckwatch/contract';
import { type ReactNode, useEffect } from 'react';
import { choosePlace } from '../app/focus.js';
import { useMayOpen } from '../app/pages.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useMay } from '../auth/may.js';
import { addressOf, quickStretch } from '../hauls/sought.js';
import { useWords } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { useLive, useZone } from '../live/liveStore.js';
import { hoursWords } from '../permits/hours.js';
import { hashOf } from '../playback/address.js';
import { PLACE_COLOUR } from '../theme/tokens.js';
import { CardHistory } from './CardHistory.js';
import { readCameras, useCameras } from '../cameras/cameraStore.js';
import { MapCard } from './MapCard.js';
import { useMap } from './mapStore.js';
import { PermitsOf } from './PermitsOf.js';
import { holds, type MapPlace } from './places.js';

/** One place: what holds there, who is inside, what is permitted and seen there, the ways to what was hauled and driven, and who changed it. */
export function PlaceCard({ placeId }: { placeId: string }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const seesCameras = useMayOpen('cameras');
  const place = useMap((s) => s.places.find((p) => p.id === placeId));
  if (!place) return null;

  const { hours, curfew, limitKmh, capacityM3, validTo } = place.properties;
  const inside = trucksIn(place);
  const rows: [string, ReactNode][] = [
    ...(place.kind === 'parking-lot' ? [] : ([[t.map.hours, hoursWords(hours, t)]] as [string, string][])),
    ...(curfew?.length ? ([[t.registry.field.curfew!, hoursWords(curfew, t)]] as [string, string][]) : []),
    ...(limitKmh ? ([[t.map.limit, `${limitKmh} ${t.unit.kmh}`]] as [string, string][]) : []),
    ...(capacityM3 ? ([[t.map.capacity, `${capacityM3.toLocaleString(t.code)} m³`]] as [string, string][]) : []),
    [t.map.valid, validTo ? t.map.until(timeWords(Date.parse(validTo), now, zone, t)) : t.map.open],
    [t.map.inside, t.map.trucksInside(inside.length)],
    ...(place.kind === 'site' || place.kind === 'yard' ? ([[t.permits.title, <Permits key="permits" place={place} />]] as [string, ReactNode][]) : []),
    ...(seesCameras ? ([[t.mapTools.place.cameras, <Cameras key="cameras" placeId={placeId} />]] as [string, ReactNode][]) : []),
  ];
  return (
    <MapCard testId="place-card" name={place.name} kind={t.place[place.kind]} colour={PLACE_COLOUR[place.kind]} rows={rows} onClose={() => choosePlace(null)}>
      <Ways place={place} inside={inside} now={now} />
      <CardHistory path={`/places/${encodeURIComponent(placeId)}`} kind={null} />
    </MapCard>
  );
}

/** Of a site: to where; of a yard: from where. */
function Permits({ place: { id, kind } }: { place: MapPlace }) {
  const t = useWords();
  const places = useMap((s) => s.places);
  const nameOf = (one: string) => places.find((place) => place.id === one)?.name ?? one;
  return (
    <PermitsOf
      names={({ siteId, yardIds }) => (kind === 'site' ? siteId === id : yardIds.includes(id))}
      says={({ siteId, yardIds }) => (kind === 'site' ? `→ ${t.list(yardIds.map(nameOf))}` : nameOf(siteId))}
      none={t.mapTools.place.noPermit}
    />
  );
}

function Cameras({ placeId }: { placeId: string }) {
  const t = useWords();
  const { cameras, read } = useCameras();
  const edit = useLive((s) => s.edits.registry);
  useEffect(() => void readCameras(), [edit]);
  const here = cameras.filter((camera) => camera.placeId === placeId);
  if (here.length === 0) return read === 'read' ? t.mapTools.place.noCamera : read === 'failed' ? t.cameras.failed : t.loading(t.mapTools.place.cameras);
  return here.map(({ id, name }) => (
    <a key={id} className="card-link" href={`#/cameras/${encodeURIComponent(id)}`}>
      {name}
    </a>
  ));
}

const HOUR_MS = 3_600_000;

/** Where else the place can be looked at. */
function Ways({ place: { id, kind }, inside, now }: { place: MapPlace; inside: string[]; now: number }) {
  const t = useWords();
  const w = t.mapTools.place;
  const zone = useZone();
  const mayPlan = useMay('plan');
  const mayReplay = useMayOpen('playback');
  const end = kind === 'site' ? { site: id } : kind === 'yard' ? { yard: id } : null;
  // To the minute: an address that changes every second cannot be copied.
  const to = Math.ceil(now / 60_000) * 60_000;
  return (
    <p className="card-ways">
      {end && (
        <a className="chip" href={addressOf('list', { ...quickStretch('last7d', now, zone), ...end })} data-testid="place-hauls">
          {w.hauls}
        </a>
      )}
      {mayReplay && inside.length > 0 && (
        <a className="chip" href={hashOf({ trucks: inside.slice(0, PLAYBACK_TRUCKS), from: to - HOUR_MS, to })} data-testid="place-playback">
          {w.playback(Math.min(inside.length, PLAYBACK_TRUCKS))}
        </a>
      )}
      {mayPlan && (
        <a className="chip" href={`#/places/${encodeURIComponent(id)}`}>
          {w.edit}
        </a>
      )}
    </p>
  );
}

function trucksIn(place: MapPlace): string[] {
  const inside: string[] = [];
  for (let i = 0; i < fleet.count; i++) {
    const x = fleet.toX[i]!;
    const y = fleet.toY[i]!;
    if (x >= place.west && x <= place.east && y >= place.north && y <= place.south && holds(place, x, y)) inside.push(fleet.ids[i]!);
  }
  return inside;
}
