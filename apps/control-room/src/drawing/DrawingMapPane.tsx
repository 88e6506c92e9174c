import { useEffect, useRef } from 'react';
import { useLanguage, useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { MapFrame } from '../map/MapFrame.js';
import { useMap } from '../map/mapStore.js';
import { useGroundMap } from '../map/useGroundMap.js';
import { DrawingMap } from './drawingMap.js';
import { useDrawing } from './drawingStore.js';
import { editPlace } from './placeSaving.js';

let current: DrawingMap | null = null;

/** The map of the page while it is there: for the keys. */
export const drawingMap = (): DrawingMap | null => current;

export function DrawingMapPane({ mayChange }: { mayChange: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  const city = useCity(element, mayChange);
  const open = useDrawing((s) => s.draft !== null);
  return (
    <MapFrame box={element} map={city} className="permits-map" testid="drawing-map" drawn>
      {open && mayChange && <DrawHint />}
    </MapFrame>
  );
}

function useCity(element: React.RefObject<HTMLDivElement | null>, mayChange: boolean): DrawingMap | null {
  const zone = useZone();
  const inZone = useRef(zone);
  inZone.current = zone;
  const city = useGroundMap(element, (box, still) => new DrawingMap(box, still, ({ id }) => void editPlace(id, inZone.current, true)));
  useEffect(() => {
    current = city;
    return () => void (current = null);
  }, [city]);

  const { base, places } = useMap();
  const language = useLanguage((s) => s.language);
  const hoveredId = useDrawing((s) => s.hoveredId);
  const editedId = useDrawing((s) => s.draft?.feature?.properties.id ?? null);
  useEffect(() => {
    if (!city) return;
    // What lies under the hand is drawn by the hand.
    const others = places.filter(({ id }) => id !== editedId);
    city.showGround({ base, places: others, marked: new Set(hoveredId ? [hoveredId] : []) });
    city.hand.still = !mayChange;
    city.hand.neighbours = others.map(({ rings, ...place }) => ({ ...place, lines: rings.map(({ line }) => line) }));
  }, [city, base, places, hoveredId, editedId, language, mayChange]);
  useEffect(() => city?.showOnce(places), [city, places]);
  useEffect(() => {
    const edited = useMap.getState().places.find(({ id }) => id === editedId);
    if (city && edited) city.show([edited]);
    city?.hand.show();
  }, [city, editedId]);
  return city;
}

/** What the next click does, and the keys; why the last one was refused comes before both. */
function DrawHint() {
  const t = useWords();
  const d = t.drawing;
  const draft = useDrawing((s) => s.draft);
  if (!draft) return null;
  const { open } = draft.edit;
  const points = open?.points.length ?? 0;
  const next = !open ? d.hint.change : points === 0 ? (open.as === 'hole' ? d.hint.hole : d.hint.first) : points < 3 ? d.hint.next : d.hint.close;
  return (
    <div className="draw-hint map-box" data-testid="draw-hint">
      {draft.refused ? (
        <b className="c-critical" role="alert" data-testid="refused">
          {d.refused[draft.refused.why]}
        </b>
      ) : (
        <b>{next}</b>
      )}
      <span className="draw-keys">
        {d.keys.map(([key, what]) => (
          <span key={key}>
            <kbd>{key}</kbd> {what}
          </span>
        ))}
      </span>
      <span className="draw-touch">{d.touchHint}</span>
    </div>
  );
}
