import type { CameraResource, LastSightings } from '@muckwatch/contract';
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Lacking } from '../app/Parts.js';
import { useNow } from '../app/useNow.js';
import { useFresh } from '../city/useFresh.js';
import { useWords } from '../i18n/index.js';
import { useLive } from '../live/liveStore.js';
import { readPlaces, useMap } from '../map/mapStore.js';
import '../map/map.css';
import '../sightings/sightings.css';
import { CameraCard } from './CameraCard.js';
import { readCameras, useCameras } from './cameraStore.js';
import { CameraStrip } from './CameraStrip.js';
import './cameras.css';
import { bySilence } from './silence.js';

const PAGE = 24;
const EVERY_MS = 60_000;
/** Rules that speak by what cameras saw. */
const CAMERA_RULES = ['uncovered-departure', 'unwashed-departure', 'unregistered-truck', 'cloned-plate', 'sensor-contradiction'];

/** The gates, those first whose camera has gone silent: what each camera saw last, and of the chosen one the last fifty, each beside the truck's own sensors. */
export default function CamerasPage({ chosen }: { chosen: string | null }) {
  const t = useWords();
  const c = t.cameras;
  const { cameras, read: state, fault } = useCameras();
  const registryEdits = useLive((s) => s.edits.registry);
  useEffect(() => void readCameras(), [registryEdits]);
  const places = useMap((s) => s.places);
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(PAGE);
  const edits = useLive((s) => s.edits.places);
  useEffect(() => void readPlaces(), [edits]);
  const names = useMemo(() => new Map(places.map(({ id, name }) => [id, name])), [places]);
  const placeOf = (camera: CameraResource) => names.get(camera.placeId) ?? camera.placeId;
  const wanted = search.trim().toLowerCase();
  const found = cameras.filter((one) => [one.id, one.name, placeOf(one)].some((text) => text.toLowerCase().includes(wanted)));
  const camera = cameras.find(({ id }) => id === chosen) ?? null;
  const now = useNow();
  const last = useFresh<LastSightings>('/sightings/last', EVERY_MS);
  const seen = useMemo(() => last.answer && new Map(last.answer.items.map(({ camera: id, at }) => [id, at === null ? null : Date.parse(at)])), [last.answer]);
  // Where it could not be read, all stand together; each card still says how long its camera has been silent.
  const { silent, seeing } = seen ? bySilence(found, seen, now) : { silent: [], seeing: found };
  const known = seen !== null || last.fault !== null;
  const cards = (of: readonly CameraResource[]) => (
    <ul className="cameras-cards">
      {of.map((one) => (
        <CameraCard key={one.id} camera={one} place={placeOf(one)} chosen={one.id === chosen} bare={seen?.get(one.id) === null} />
      ))}
    </ul>
  );

  return (
    <div className={`page cameras ${camera ? 'with-strip' : ''}`} data-testid="cameras-page">
      <header className="page-head cameras-head">
        <h1>{c.title}</h1>
        <a className="chip" href={`#/?rule=${CAMERA_RULES.join(',')}`}>
          {c.alerts}
        </a>
      </header>
      <div className="cameras-body">
        <div className="cameras-list">
          <input className="field" type="search" value={search} placeholder={c.find} aria-label={c.find} onChange={({ target }) => setSearch(target.value)} />
          <Lacking
            read={{ state, words: fault, again: () => void readCameras() }}
            empty={found.length === 0 ? (cameras.length === 0 ? { title: c.noneYet, why: c.noneWhy } : { title: c.none }) : null}
            failed={c.failed}
            what={c.title}
          />
          {silent.length > 0 && (
            <section className="cameras-silent" aria-labelledby="cameras-silent" data-testid="cameras-silent">
              <h2 id="cameras-silent" className="cameras-group c-serious" title={c.silentHint}>
                <span aria-hidden>▲</span> {c.silentOnes(silent.length)}
              </h2>
              {cards(silent.slice(0, most))}
            </section>
          )}
          {known && seeing.length > 0 && most > silent.length && (
            <section aria-label={c.seeingOnes(seeing.length)}>
              {silent.length > 0 && <h2 className="cameras-group">{c.seeingOnes(seeing.length)}</h2>}
              {cards(seeing.slice(0, most - silent.length))}
            </section>
          )}
          {found.length > most && <Button onClick={() => setMost(most + PAGE)}>{c.more(Math.min(PAGE, found.length - most))}</Button>}
        </div>
        {camera && <CameraStrip key={camera.id} camera={camera} place={placeOf(camera)} />}
      </div>
    </div>
  );
}
