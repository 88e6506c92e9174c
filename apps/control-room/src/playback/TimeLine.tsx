import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { clockTime } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { timeOf } from './chartRows.js';
import { offsetOf, tickWords } from './cityAxis.js';
import { clock } from './clock.js';
import type { Plot } from './drawChart.js';
import { drawLanes, drawNeedle, laneOf, lanesHeight } from './drawLanes.js';
import { inOrder, usePlay } from './playStore.js';
import { sharp, useBox } from './useCanvas.js';
import { usePlateOf } from './usePlateOf.js';
import { pxFromLeft } from '../app/pixels.js';

/** The whole stretch: what happened when, and a needle that is dragged to any of it. */
export function TimeLine() {
  const t = useWords();
  const zone = useZone();
  const plateOf = usePlateOf();
  const { ref, width } = useBox();
  const under = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const shown = usePlay((s) => s.shown)!;
  const recordings = usePlay((s) => s.recordings);
  const view = usePlay((s) => s.view);
  const lanes = useMemo(() => inOrder({ shown, recordings }).map((one) => laneOf(one, shown, shown.trucks, plateOf(one.truckId))), [shown, recordings, plateOf]); // prettier-ignore
  const height = lanesHeight(lanes.length === 0 ? [EMPTY] : lanes);
  const zoomed = view.from !== shown.from || view.to !== shown.to;

  useEffect(() => {
    if (width === 0) return;
    const plotOn = (canvas: HTMLCanvasElement): Plot => ({
      ctx: sharp(canvas, width, height),
      width,
      height,
      view: shown,
      tick: (at, days, seconds) => tickWords(at, days, seconds, zone),
      offsetMs: offsetOf(shown.from, zone),
    });
    drawLanes(plotOn(under.current!), lanes, zoomed ? view : null, t);
    const needle = plotOn(over.current!);
    let second = NaN;
    return clock.listen((at) => {
      drawNeedle(needle, at);
      if (Math.floor(at / 1_000) === second) return;
      second = Math.floor(at / 1_000);
      slider.current?.setAttribute('aria-valuenow', String(second - Math.floor(shown.from / 1_000)));
      slider.current?.setAttribute('aria-valuetext', clockTime(at, zone));
    });
  }, [width, height, lanes, shown, view, zoomed, zone, t]);

  const seek = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    clock.seek(timeOf(pxFromLeft(event), shown, width));
  };
  return (
    <div className="play-line" ref={ref} style={{ height }} data-testid="play-line">
      <canvas ref={under} aria-hidden />
      <canvas ref={over} aria-hidden />
      <div
        ref={slider}
        className="play-scrub"
        role="slider"
        tabIndex={0}
        aria-label={t.playback.scrub}
        aria-valuemin={0}
        aria-valuemax={Math.floor((shown.to - shown.from) / 1_000)}
        aria-valuenow={0}
        onPointerDown={seek}
        onPointerMove={seek}
      />
    </div>
  );
}

const EMPTY = { label: '', colour: '', hauls: [], stops: [], gaps: [], alerts: [] };
