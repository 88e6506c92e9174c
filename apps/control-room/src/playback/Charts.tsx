import { type PointerEvent, useEffect, useMemo, useRef, useState, type WheelEvent } from 'react';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { chartOf, GUTTER, timeOf } from './chartRows.js';
import { offsetOf, tickWords } from './cityAxis.js';
import { clock } from './clock.js';
import { drawChart, drawCursor, type Plot } from './drawChart.js';
import { inOrder, look, lookAtAll, usePlay } from './playStore.js';
import type { Span } from './tape.js';
import { sharp, useBox } from './useCanvas.js';
import { usePlateOf } from './usePlateOf.js';
import { pxFromLeft } from '../app/pixels.js';

/** Less is a click. */
const DRAG_PX = 6;

/** What the sensors said, under one cursor with the map. */
export function Charts() {
  const t = useWords();
  const zone = useZone();
  const plateOf = usePlateOf();
  const { ref, width } = useBox();
  const under = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const { recordings, view, chartOf: chosen } = usePlay();
  const shown = usePlay((s) => s.shown)!;
  const [selected, setSelected] = useState<Span | null>(null);
  const chart = useMemo(() => {
    const all = inOrder({ shown, recordings }).filter(({ truckId }) => chosen === null || truckId === chosen);
    return chartOf(all, shown.trucks, shown, t, plateOf);
  }, [shown, recordings, chosen, t, plateOf]);

  useEffect(() => {
    if (width === 0) return;
    const plotOn = (canvas: HTMLCanvasElement): Plot => ({
      ctx: sharp(canvas, width, chart.height),
      width,
      height: chart.height,
      view,
      tick: (at, days, seconds) => tickWords(at, days, seconds, zone),
      offsetMs: offsetOf(view.from, zone),
    });
    drawChart(plotOn(under.current!), chart);
    const plot = plotOn(over.current!);
    const draw = () => drawCursor(plot, chart, clock.at, usePlay.getState().hover, selected);
    const stops = [clock.listen(draw), usePlay.subscribe((now, was) => now.hover !== was.hover && draw())];
    return () => stops.forEach((stop) => stop());
  }, [width, chart, view, zone, selected]);

  const timeAt = (event: { clientX: number; currentTarget: Element }) => Math.min(Math.max(timeOf(pxFromLeft(event), view, width), view.from), view.to);
  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    if (pxFromLeft(event) < GUTTER) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = timeAt(event);
    setSelected({ from: at, to: at });
  };
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = timeAt(event);
    usePlay.setState({ hover: at });
    if (selected) setSelected({ from: selected.from, to: at });
  };
  const onUp = () => {
    if (!selected) return;
    setSelected(null);
    const [from, to] = [Math.min(selected.from, selected.to), Math.max(selected.from, selected.to)];
    if (((to - from) / (view.to - view.from)) * width < DRAG_PX) clock.seek(selected.to);
    else look(from, to);
  };
  const onWheel = (event: WheelEvent<HTMLDivElement>) => {
    // The wheel alone scrolls the page, as everywhere; pinching says ctrl.
    if (!event.ctrlKey) return;
    const at = timeAt(event);
    const by = event.deltaY > 0 ? 1.25 : 0.8;
    look(at - (at - view.from) * by, at + (view.to - at) * by);
  };
  const zoomed = view.from !== shown.from || view.to !== shown.to;
  return (
    <div className="play-charts">
      <div className="play-charts-head">
        {shown.trucks.length > 1 && (
          <span>
            {t.playback.chartOf}{' '}
            {[null, ...shown.trucks].map((id) => (
              <button
                key={id ?? ''}
                className={`chip ${chosen === id ? 'strong' : ''}`}
                aria-pressed={chosen === id}
                onClick={() => usePlay.setState({ chartOf: id })}
                data-testid={`chart-${id ?? 'all'}`}
              >
                {id === null ? t.playback.allSpeeds : plateOf(id)}
              </button>
            ))}
          </span>
        )}
        <span className="mute">{t.playback.chartHint}</span>
        {chart.rows[0]?.kind === 'line' && chart.rows[0].limits.length > 0 && <span className="c-serious">┄ {t.playback.limitLegend}</span>}
        {zoomed && (
          <button className="chip" onClick={lookAtAll} data-testid="play-whole">
            {t.playback.whole}
          </button>
        )}
      </div>
      <div
        className="play-chart"
        ref={ref}
        style={{ height: chart.height }}
        role="img"
        aria-label={t.playback.chart}
        data-testid="play-chart"
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerLeave={() => usePlay.setState({ hover: null })}
        onDoubleClick={lookAtAll}
        onWheel={onWheel}
      >
        <canvas ref={under} />
        <canvas ref={over} />
      </div>
    </div>
  );
}
