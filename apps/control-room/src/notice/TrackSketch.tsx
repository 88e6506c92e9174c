import type { BaseMap, NoticeDetail } from '@muckwatch/contract';
import { useMemo, useState } from 'react';
import { get } from '../app/api.js';
import { useWords } from '../i18n/index.js';
import { usePlace } from '../own/placeNames.js';
import { PLACE_COLOUR, SEVERITY_SHAPE } from '../theme/tokens.js';
import { kindWords } from './says.js';
import { roadsOf, sketchOf } from './sketch.js';

const WIDTH = 640;
const HEIGHT = 360;

/** Where it was and how the truck went, as lines: a kilobyte, where a map of tiles is a megabyte. Roads come when they are asked for. */
export default function TrackSketch({ detail }: { detail: NoticeDetail }) {
  const t = useWords();
  const place = usePlace(detail.place?.id ?? null);
  const [base, setBase] = useState<BaseMap | 'no' | 'reading' | 'failed'>('no');
  const sketch = useMemo(() => sketchOf(detail, place, WIDTH, HEIGHT), [detail, place]);
  const roads = useMemo(() => (sketch && typeof base === 'object' ? roadsOf(base, sketch) : null), [base, sketch]);
  if (!sketch) return null;

  const readRoads = () => {
    setBase('reading');
    get<BaseMap>('/base-map').then(setBase, () => setBase('failed'));
  };
  const colour = place ? PLACE_COLOUR[place.properties.kind] : 'none';
  const name = detail.place?.name ?? kindWords(detail.kind, t);
  return (
    <section className="own-card sketch" data-testid="sketch">
      <h2 className="own-card-h">{t.notices.map.title}</h2>
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
      <p className="sketch-key">
        <span className={`c-${detail.severity}`}>
          <i aria-hidden>{SEVERITY_SHAPE[detail.severity]}</i> {t.notices.map.here}
        </span>
        {sketch.start && (
          <span>
            <i aria-hidden>○</i> {t.notices.map.from}
          </span>
        )}
        {typeof base !== 'object' && (
          <button className="own-link-button" disabled={base === 'reading'} onClick={readRoads}>
            {base === 'reading' ? t.notices.map.roadsWait : base === 'failed' ? t.notices.map.roadsFailed : t.notices.map.roads}
          </button>
        )}
      </p>
    </section>
  );
}
