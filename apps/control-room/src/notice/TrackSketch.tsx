import type { BaseMap, NoticeDetail } from '@muckwatch/contract';
import { useEffect, useMemo, useState } from 'react';
import { get } from '../app/api.js';
import { useWords } from '../i18n/index.js';
import { usePlace } from '../own/placeNames.js';
import { PLACE_COLOUR, SEVERITY_SHAPE } from '../theme/tokens.js';
import { kindWords } from './says.js';
import './sketch.css';
import { roadsOf, sketchOf } from './sketch.js';

let asked: Promise<BaseMap> | null = null;

/** Once for however many sketches are looked at; asked again after a failure. */
function readBase(): Promise<BaseMap> {
  return (asked ??= get<BaseMap>('/base-map').catch((error: unknown) => {
    asked = null;
    throw error;
  }));
}

const WIDTH = 640;
const HEIGHT = 360;

/** A card of a phone's page. */
export default function TrackSketch({ detail }: { detail: NoticeDetail }) {
  const t = useWords();
  return (
    <section className="own-card" data-testid="sketch">
      <h2 className="own-card-h">{t.notices.map.title}</h2>
      <Sketched detail={detail} />
    </section>
  );
}

/** Where it was and how the truck went, as lines: a kilobyte, where a map of tiles is a megabyte. Roads come at once at a desk, over a telephone when asked for. */
export function Sketched({ detail, atDesk = false }: { detail: NoticeDetail; atDesk?: boolean }) {
  const t = useWords();
  const place = usePlace(detail.place?.id ?? null);
  const [base, setBase] = useState<BaseMap | 'no' | 'reading' | 'failed'>('no');
  useEffect(() => {
    if (atDesk) readBase().then(setBase, () => setBase('failed'));
  }, [atDesk]);
  const sketch = useMemo(() => sketchOf(detail, place, WIDTH, HEIGHT), [detail, place]);
  const roads = useMemo(() => (sketch && typeof base === 'object' ? roadsOf(base, sketch) : null), [base, sketch]);
  if (!sketch) return null;

  const readRoads = () => {
    setBase('reading');
    readBase().then(setBase, () => setBase('failed'));
  };
  const colour = place ? PLACE_COLOUR[place.properties.kind] : 'none';
  const name = detail.place?.name ?? kindWords(detail.kind, t);
  return (
    <figure className="sketch">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t.notices.map.alt(name)}>
        <rect width={WIDTH} height={HEIGHT} className="sketch-ground" />
        {roads && <path d={roads.minor} className="sketch-road" />}
        {roads && <path d={roads.major} className="sketch-road major" />}
        {sketch.place && <path d={sketch.place} fill={colour} fillOpacity={0.18} stroke={colour} strokeWidth={3} />}
        <path d={sketch.track} className="sketch-track-edge" />
        <path d={sketch.track} className="sketch-track" />
        {sketch.start && <circle cx={sketch.start.x} cy={sketch.start.y} r={8} className="sketch-start" />}
        {sketch.here && (
          <g transform={`translate(${sketch.here.x} ${sketch.here.y})`} className={`sketch-here c-${detail.severity}`}>
            <circle r={22} />
            <circle r={11} className="core" />
          </g>
        )}
        <g transform={`translate(${WIDTH - 28} 34)`} className="sketch-words" textAnchor="middle">
          <path d="M0 -20L8 2L0 -3L-8 2Z" className="sketch-north" />
          <text y={24}>{t.notices.map.north}</text>
        </g>
        <g transform={`translate(24 ${HEIGHT - 22})`} className="sketch-words">
          <path d={`M0 -8V0H${sketch.scale.px}V-8`} className="sketch-scale" />
          <text x={sketch.scale.px + 12} y={4}>
            {sketch.scale.metres >= 1_000 ? `${sketch.scale.metres / 1_000} km` : `${sketch.scale.metres} m`}
          </text>
        </g>
      </svg>
      <figcaption className="sketch-key">
        <span className={`c-${detail.severity}`}>
          <i aria-hidden>{SEVERITY_SHAPE[detail.severity]}</i> {t.notices.map.here}
        </span>
        {sketch.start && (
          <span>
            <i aria-hidden>○</i> {t.notices.map.from}
          </span>
        )}
        {typeof base !== 'object' && (
          <button className="sketch-roads" disabled={base === 'reading'} onClick={readRoads}>
            {base === 'reading' ? t.notices.map.roadsWait : base === 'failed' ? t.notices.map.roadsFailed : t.notices.map.roads}
          </button>
        )}
      </figcaption>
    </figure>
  );
}
