import type { Track, TrackPoint } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { isDecided } from '../alerts/incidents.js';
import { get, isAbort, wordsOf } from '../app/api.js';
import { chooseIncident, chooseTruck } from '../app/focus.js';
import { Fold } from '../app/Fold.js';
import { plateWords } from '../app/plate.js';
import { ageWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { addressOf as haulsOf, quickStretch } from '../hauls/sought.js';
import { useWords } from '../i18n/index.js';
import { CommandList } from '../commands/CommandList.js';
import { fleet } from '../live/connection.js';
import { STATES } from '../live/fleet.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { CardHistory } from '../map/CardHistory.js';
import { currentMap } from '../map/current.js';
import { follow, unfollow, useFollow } from '../map/follow.js';
import { SpriteMark } from '../map/Legend.js';
import { spriteOf } from '../map/sprites.js';
import { hashOf } from '../playback/address.js';
import { addressOf } from '../registry/address.js';
import { SightingList } from '../sightings/SightingList.js';
import { TruckSnoozes } from '../snooze/TruckSnoozes.js';
import { SEVERITY_RANK, SEVERITY_SHAPE } from '../theme/tokens.js';
import { companyOf, readRegistry, useRegistry } from './registry.js';
import { SensorHealth } from './SensorHealth.js';
import { TruckClock } from './TruckClock.js';
import { unbroken } from './unbroken.js';

const TRACK_MS = 30 * 60_000;

/** One truck: who, in what state, how fast, how long ago that was; its last half hour lies on the map. */
export function TruckCard({ truckId }: { truckId: string }) {
  const t = useWords();
  const now = useNow();
  const zone = useZone();
  const registry = useRegistry();
  const alerts = useAlerts((s) => s.alerts);
  const track = useTrack(truckId);
  useEffect(() => void readRegistry(), []);

  const i = fleet.indexOf(truckId);
  const plate = i === null ? registry.trucks.get(truckId)?.plate : fleet.plates[i];
  const state = i === null ? 'silent' : STATES[fleet.state[i]!]!;
  const speed = i === null ? NaN : fleet.speedKmh[i]!;
  const own = [...alerts.values()]
    .filter((alert) => alert.truck.id === truckId && !isDecided(alert))
    .sort((a, b) => SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity]);

  return (
    <div className="card map-box" data-testid="truck-card">
      <header>
        <h3>{plate ? plateWords(plate) : truckId}</h3>
        <button className="card-close" onClick={() => chooseTruck(null)} aria-label={t.close}>
          ✕
        </button>
      </header>
      <dl className="card-facts">
        <Fact label={t.truck.company} value={companyOf(registry, truckId) ?? (registry.state === 'reading' ? '…' : t.truck.unregistered)} />
        <div>
          <dt>{t.truck.state}</dt>
          <dd className="card-state">
            <SpriteMark sprite={spriteOf(state, own[0]?.severity ?? null)} size={18} /> {t.truckState[state]}
          </dd>
        </div>
        <Fact label={t.truck.speed} value={Number.isNaN(speed) ? t.notSaid : `${Math.round(speed)} ${t.unit.kmh}`} />
        <Fact label={t.truck.seen} value={i === null ? t.none : t.ago(ageWords(now - fleet.at[i]!, t))} />
      </dl>
      <FollowButton truckId={truckId} known={i !== null} />
      {own.map((alert) => (
        <button key={alert.id} className={`plain card-alert c-${alert.severity}`} onClick={() => chooseIncident(alert.incident, alert.id)}>
          {SEVERITY_SHAPE[alert.severity]} {t.rule[alert.rule]} →
        </button>
      ))}
      <p className="card-track">
        {trackWords(track, t)}{' '}
        <a className="c-minor" href={hashOf({ trucks: [truckId] })} data-testid="truck-playback">
          {t.playback.link}
        </a>
        {' · '}
        <a className="c-minor" href={haulsOf('list', { ...quickStretch('last7d', now, zone), truck: truckId })} data-testid="truck-hauls">
          {t.registry.links.hauls}
        </a>
        {registry.trucks.has(truckId) && (
          <>
            {' · '}
            <a className="c-minor" href={addressOf('trucks', truckId)} data-testid="truck-registered">
              {t.registry.title}
            </a>
          </>
        )}
      </p>
      <Fold name="sightings" title={t.sightings.title} openAtFirst>
        <SightingList truckId={truckId} />
      </Fold>
      <Fold name="sensors" title={t.sensors.title}>
        <SensorHealth truckId={truckId} />
        <TruckClock truckId={truckId} />
      </Fold>
      <CommandList truck={{ id: truckId, plate: plate ?? truckId }} about={null} />
      <TruckSnoozes truckId={truckId} plate={plate ?? truckId} />
      {registry.trucks.has(truckId) && <CardHistory path={`/trucks/${encodeURIComponent(truckId)}`} kind="trucks" />}
    </div>
  );
}

/** The map stays with it; `f` does the same. */
function FollowButton({ truckId, known }: { truckId: string; known: boolean }) {
  const t = useWords();
  const followed = useFollow((s) => s.truckId === truckId);
  if (!known) return null;
  return (
    <button
      className={followed ? 'map-box card-follow pressed' : 'map-box card-follow'}
      aria-pressed={followed}
      title={t.mapTools.follow.why}
      onClick={() => (followed ? unfollow() : follow(truckId))}
      data-testid="follow"
    >
      {followed ? t.mapTools.follow.stop : t.truck.follow} <kbd>f</kbd>
    </button>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type TrackState = { state: 'reading' } | { state: 'failed'; words: string } | { state: 'read'; points: TrackPoint[]; total: number };

function useTrack(truckId: string): TrackState {
  const [track, setTrack] = useState<TrackState>({ state: 'reading' });
  useEffect(() => {
    const abort = new AbortController();
    const to = serverNow();
    const range = `from=${encodeURIComponent(new Date(to - TRACK_MS).toISOString())}&to=${encodeURIComponent(new Date(to).toISOString())}`;
    currentMap()?.showTrack([]);
    get<Track>(`/trucks/${encodeURIComponent(truckId)}/track?${range}&maxPoints=600`, abort.signal).then(
      (answer) => {
        const points = answer.points.filter((point) => point.doubt === null);
        setTrack({ state: 'read', points, total: answer.total });
        const pieces = unbroken(points).filter(({ length }) => length > 1);
        currentMap()?.showTrack(pieces.map((piece) => ({ held: 'before', points: piece })));
      },
      (error: unknown) => {
        if (!isAbort(error)) setTrack({ state: 'failed', words: wordsOf(error) });
      },
    );
    return () => {
      abort.abort();
      currentMap()?.showTrack([]);
    };
  }, [truckId]);
  return track;
}

function trackWords(track: TrackState, t: ReturnType<typeof useWords>): string {
  if (track.state === 'reading') return t.loading(t.truck.track);
  if (track.state === 'failed') return `${t.truck.trackFailed} ${track.words}`;
  if (track.points.length < 2) return t.truck.trackNone;
  return t.truck.trackOf(track.total, kilometres(track.points).toFixed(1));
}

function kilometres(points: readonly TrackPoint[]): number {
  let km = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!;
    const b = points[i]!;
    km += Math.hypot((b.lat - a.lat) * 111.2, (b.lon - a.lon) * 111.2 * Math.cos((a.lat * Math.PI) / 180));
  }
  return km;
}
