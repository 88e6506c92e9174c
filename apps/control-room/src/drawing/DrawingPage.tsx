import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import '../alerts/queue.css';
import { Waiting } from '../app/Waiting.js';
import { go } from '../app/router.js';
import { useUnsaved } from '../app/useUnsaved.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { readPlaces, useMap } from '../map/mapStore.js';
import { Note } from '../permits/Note.js';
import '../permits/permits.css';
import { validityWords } from '../permits/when.js';
import { PLACE_COLOUR } from '../theme/tokens.js';
import './drawing.css';
import { DrawingMapPane } from './DrawingMapPane.js';
import { isChanged, openPlace, useDrawing } from './drawingStore.js';
import { ImportPlaces } from './ImportPlaces.js';
import { PlaceDrawer } from './PlaceDrawer.js';
import { FIELDS } from './placeForm.js';
import { editPlace } from './placeSaving.js';
import type { PlaceKind } from '@muckwatch/contract';
import { useDrawKeys } from './useDrawKeys.js';

const KINDS = Object.keys(FIELDS) as PlaceKind[];

/** Places: the list, or the one that is drawn, at the left; the map beside it. */
export default function DrawingPage({ placeId }: { placeId: string | null }) {
  const t = useWords();
  const zone = useZone();
  const mayChange = useMay('plan');
  const open = useDrawing((s) => s.draft !== null);
  const [phoneMap, setPhoneMap] = useState(false);
  const edits = useLive((s) => s.edits);
  useEffect(() => void readPlaces(), [edits.places]);
  useDrawKeys(mayChange);
  useUnsaved(useDrawing((s) => s.draft !== null && isChanged(s.draft)));
  // An address that names a place opens it; from then on it names the page.
  useEffect(() => {
    if (placeId === null) return;
    void editPlace(placeId, zone, true);
    go('#/places');
  }, [placeId, zone]);

  return (
    <div className={`permits drawing ${open ? 'is-route' : 'is-list'} ${phoneMap ? 'on-map' : ''}`} data-testid="places-page">
      <List mayChange={mayChange} />
      <DrawingMapPane mayChange={mayChange} />
      {open && <PlaceDrawer mayChange={mayChange} />}
      <nav className="room-tabs" role="tablist">
        <button role="tab" aria-selected={!phoneMap} onClick={() => setPhoneMap(false)}>
          {t.drawing.title}
        </button>
        <button role="tab" aria-selected={phoneMap} onClick={() => setPhoneMap(true)}>
          {t.phone.map}
        </button>
      </nav>
      <Note />
    </div>
  );
}

/** Every place in use, by kind and name. */
function List({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const d = t.drawing;
  const zone = useZone();
  const { places, placesRead } = useMap();
  const search = useDrawing((s) => s.search);
  const kind = useDrawing((s) => s.kind);
  const [importing, setImporting] = useState(false);
  const word = search.trim().toLowerCase();
  const found = useMemo(
    () =>
      places
        .filter((place) => (kind === null || place.kind === kind) && (place.name.toLowerCase().includes(word) || place.id.toLowerCase().includes(word)))
        .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.name.localeCompare(b.name, 'zh-CN', { numeric: true })),
    [places, kind, word],
  );
  const hover = (id: string | null) => useDrawing.setState({ hoveredId: id });
  return (
    <section className="permits-side" aria-label={d.title}>
      <header className="permits-head places-head">
        <h1>
          {d.title} <i>{places.length}</i>
        </h1>
        {mayChange && (
          <div className="permits-make">
            <Button onClick={() => setImporting(true)} data-testid="import-places">
              {d.importing.open}
            </Button>
            <Button type="primary" onClick={() => openPlace(null, zone, kind ?? undefined)} data-testid="new-place">
              {d.draw}
            </Button>
          </div>
        )}
      </header>
      <div className="queue-chips" role="group" aria-label={d.kind}>
        {KINDS.map((one) => (
          <button key={one} className="chip" aria-pressed={kind === one} onClick={() => useDrawing.setState({ kind: kind === one ? null : one })}>
            {t.place[one]} {places.filter((place) => place.kind === one).length}
          </button>
        ))}
      </div>
      <div className="permits-find">
        <input
          id="place-find"
          className="map-box"
          value={search}
          placeholder={d.find}
          aria-label={d.find}
          onChange={({ target }) => useDrawing.setState({ search: target.value })}
        />
      </div>
      <div className="permits-list" role="list" data-testid="places">
        {placesRead === 'reading' && places.length === 0 && <Waiting what={d.title} />}
        {placesRead === 'failed' && (
          <p className="permits-empty c-serious" role="alert">
            {d.listFailed}{' '}
            <button className="plain c-minor" onClick={() => void readPlaces()}>
              {t.retry}
            </button>
          </p>
        )}
        {found.map(({ id, kind: is, name, properties }) => (
          <button
            key={id}
            className="permit-row place-row"
            role="listitem"
            onClick={() => void editPlace(id, zone, true)}
            onPointerEnter={() => hover(id)}
            onPointerLeave={() => hover(null)}
            data-testid="place-row"
            data-id={id}
          >
            <span className="permit-one">
              <span className="permit-way">
                <span className="place-swatch" style={{ background: PLACE_COLOUR[is] }} />
                <b>{name}</b>
              </span>
              <span className="permit-state">{t.place[is]}</span>
            </span>
            <span className="permit-one">
              <span className="permit-line wraps">
                {properties.limitKmh ? `${properties.limitKmh} km/h · ` : ''}
                {validityWords(properties.validFrom ?? null, properties.validTo ?? null, zone, t)}
              </span>
              <span className="permit-id">{id}</span>
            </span>
          </button>
        ))}
        {placesRead === 'read' && found.length === 0 && (
          <div className="permits-empty">
            <strong>{places.length === 0 ? d.empty : d.filtered}</strong>
            <p>{places.length === 0 && d.emptyWhy}</p>
          </div>
        )}
      </div>
      {importing && <ImportPlaces onClose={() => setImporting(false)} />}
      {!mayChange && <p className="permits-foot">{d.readOnly}</p>}
    </section>
  );
}
