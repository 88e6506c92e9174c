import type { AlertDetail, TrackPoint } from '@muckwatch/contract';
import { type PointerEvent, useMemo, useState } from 'react';
import { clockTime, spanWords } from '../app/time.js';
import { useWords, type Words } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { currentMap } from '../map/current.js';
import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import { gapMsOf, nearestIndex, pathOf, type Series, seriesOf, silencesOf } from './series.js';

const WIDTH = 382;
const LEFT = 64;
const RIGHT = 374;
const ROW = 44;
const LINE = 32;
const TOP = 8;
const AXIS = TOP + ROW * 4;
const COLOURS: Record<Series['key'], string> = {
  speed: SEVERITY_COLOUR.minor,
  load: COLOUR.text,
  bed: SEVERITY_COLOUR.critical,
  cover: SEVERITY_COLOUR.serious,
};

/** Speed, load, bed and cover over one axis of time, the violation as a band. One cursor reads all four, and marks the place on the map. */
export function SeriesChart({ detail, now }: { detail: AlertDetail; now: number }) {
  const t = useWords();
  const zone = useZone();
  const points = useMemo(() => detail.series.filter((point) => point.doubt === null), [detail.series]);
  const set = useMemo(() => seriesOf(points), [points]);
  const [hovered, setHovered] = useState<number | null>(null);

  if (points.length === 0) {
    return (
      <div className="chart-empty">
        <strong>{t.detail.noSeries}</strong>
        <p>{t.detail.noSeriesWhy}</p>
      </div>
    );
  }

  const began = Date.parse(detail.began);
  const ended = detail.ended === null ? Infinity : Date.parse(detail.ended);
  const from = Math.min(set.at[0]!, began);
  const gapMs = gapMsOf(detail.series);
  const last = set.at.at(-1)!;
  // An episode that goes on in silence is drawn until now, so that the silence is seen.
  const until = Number.isFinite(ended) ? ended : !detail.cleared && now - last > gapMs ? now : began;
  const to = Math.max(last, until, from + 60_000);
  const x = (at: number) => LEFT + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (RIGHT - LEFT);
  const read = hovered !== null && hovered < points.length ? hovered : points.length - 1;

  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const px = ((event.clientX - box.left) / box.width) * WIDTH;
    const i = nearestIndex(set.at, from + ((px - LEFT) / (RIGHT - LEFT)) * (to - from));
    setHovered(i);
    if (i !== null) currentMap()?.track.mark(points[i]!);
  };
  const onLeave = () => {
    setHovered(null);
    currentMap()?.track.mark(null);
  };

  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${AXIS + 20}`}
        onPointerMove={onMove}
        onPointerDown={onMove}
        onPointerLeave={onLeave}
        role="img"
        aria-label={t.list(Object.values(t.detail.series))}
      >
        {detail.related.map((alert) => (
          <Band
            key={alert.id}
            from={x(Date.parse(alert.began))}
            to={x(alert.ended ? Date.parse(alert.ended) : to)}
            colour={SEVERITY_COLOUR[alert.severity]}
            opacity={0.05}
          />
        ))}
        <Band from={x(began)} to={x(ended)} colour={SEVERITY_COLOUR[detail.severity]} opacity={0.12} />
        {silencesOf(set.at, from, to, gapMs).map((silence) => (
          <Silence key={silence.from} from={x(silence.from)} to={x(silence.to)} words={`${t.detail.gap} ${spanWords(silence.to - silence.from, t)}`} />
        ))}
        {set.rows.map((series, row) => {
          const bottom = TOP + row * ROW + LINE;
          const y = (value: number) => bottom - ((value - series.min) / (series.max - series.min || 1)) * (LINE - 2);
          return (
            <g key={series.key}>
              <text x={0} y={bottom - LINE + 11} className="chart-label">
                {t.detail.series[series.key]}
              </text>
              <text x={0} y={bottom - LINE + 27} className="chart-value" fill={COLOURS[series.key]}>
                {valueWords(series.key, points[read]!, t)}
              </text>
              <line x1={LEFT} x2={RIGHT} y1={bottom + 3.5} y2={bottom + 3.5} stroke={COLOUR.chartLine} />
              <path d={pathOf(set.at, series, x, y, gapMs)} fill="none" stroke={COLOURS[series.key]} strokeWidth={1.8} strokeLinejoin="round" />
              {hovered !== null && series.values[read] !== null && (
                <circle cx={x(set.at[read]!)} cy={y(series.values[read]!)} r={3} fill={COLOURS[series.key]} />
              )}
            </g>
          );
        })}
        {hovered !== null && <line x1={x(set.at[read]!)} x2={x(set.at[read]!)} y1={TOP - 4} y2={AXIS} stroke={COLOUR.soft} strokeWidth={1} opacity={0.7} />}
        <Axis ticks={ticksOf({ from, began, ended, to, cursor: hovered === null ? null : set.at[read]! }, x, zone, now, t)} />
      </svg>
    </figure>
  );
}

function Band({ from, to, colour, opacity }: { from: number; to: number; colour: string; opacity: number }) {
  return to - from < 0.5 ? (
    <line x1={from} x2={from} y1={TOP - 4} y2={AXIS} stroke={colour} strokeWidth={1.5} opacity={0.7} />
  ) : (
    <rect x={from} y={TOP - 4} width={to - from} height={AXIS - TOP + 4} fill={colour} opacity={opacity} />
  );
}

/** Where no line is drawn because nothing was heard: said in words where there is room. */
function Silence({ from, to, words }: { from: number; to: number; words: string }) {
  return (
    <g className="chart-silence">
      <rect x={from} y={TOP - 4} width={to - from} height={AXIS - TOP + 4} />
      {to - from >= SILENCE_WIDTH && (
        <text x={(from + to) / 2} y={TOP + (AXIS - TOP) / 2} textAnchor="middle">
          {words}
        </text>
      )}
    </g>
  );
}

/** Width of `no reports 12 min 30 s`. */
const SILENCE_WIDTH = 134;

interface Tick {
  x: number;
  text: string;
  strong: boolean;
}

function Axis({ ticks }: { ticks: Tick[] }) {
  return ticks.map((tick) => (
    <text key={`${tick.x}${tick.text}`} x={tick.x} y={AXIS + 15} className={tick.strong ? 'chart-tick strong' : 'chart-tick'} textAnchor={anchorOf(tick.x)}>
      {tick.text}
    </text>
  ));
}

/** The cursor's time, else where the violation began and ended; then the ends of the axis where there is room. */
function ticksOf(
  times: { from: number; began: number; ended: number; to: number; cursor: number | null },
  x: (at: number) => number,
  zone: string,
  now: number,
  t: Words,
): Tick[] {
  const nowish = (at: number) => now - at < 20_000 && at === times.to;
  const text = (at: number) => (nowish(at) ? t.nowWord : clockTime(at, zone));
  const wanted = times.cursor !== null ? [times.cursor] : [times.began, ...(Number.isFinite(times.ended) ? [times.ended] : []), times.to, times.from];
  const ticks: Tick[] = [];
  for (const at of wanted) {
    if (ticks.some((tick) => overlap(tick.x, x(at)))) continue;
    ticks.push({ x: x(at), text: text(at), strong: at === times.cursor || at === times.began });
  }
  return ticks;
}

/** Width of `08:13:40` with a gap beside it. */
const TICK_WIDTH = 64;

function anchorOf(x: number): 'start' | 'middle' | 'end' {
  if (x < LEFT + TICK_WIDTH / 2) return 'start';
  return x > RIGHT - TICK_WIDTH / 2 ? 'end' : 'middle';
}

function overlap(a: number, b: number): boolean {
  const left = (x: number) => x - { start: 0, middle: TICK_WIDTH / 2, end: TICK_WIDTH }[anchorOf(x)];
  return Math.abs(left(a) - left(b)) < TICK_WIDTH;
}

function valueWords(key: Series['key'], point: TrackPoint, t: Words): string {
  switch (key) {
    case 'speed':
      return point.speedKmh === null ? t.none : `${Math.round(point.speedKmh)} km/h`;
    case 'load':
      return point.loadKg !== null ? `${(point.loadKg / 1000).toFixed(1)} t` : point.loadState ? t.detail.loadWord[point.loadState] : t.none;
    case 'bed':
      return point.bedAngleDeg !== null ? `${Math.round(point.bedAngleDeg)}°` : point.bed ? t.detail.bedWord[point.bed] : t.none;
    case 'cover':
      return point.cover ? t.detail.coverWord[point.cover] : t.none;
  }
}
