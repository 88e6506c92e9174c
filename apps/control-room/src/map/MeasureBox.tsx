import { useWords } from '../i18n/index.js';
import { areaWords, figuresOf, lengthWords } from './measure.js';
import { endMeasuring, leaveMeasuring, startMeasuring, undoMeasuring, useMeasure } from './measureStore.js';

/** How long it is and how much it holds, told while it is drawn. */
export function MeasureBox() {
  const t = useWords().mapTools.measure;
  const measuring = useMeasure();
  if (!measuring.on) return null;
  const { points, done, closed, pointer } = measuring;
  const { lengthM, areaM2 } = figuresOf(measuring, pointer);
  return (
    <div className="measure map-box" data-testid="measure">
      <p aria-live="polite">
        <span className="measure-figure">
          {closed ? t.around : t.length} <b>{lengthWords(lengthM)}</b>
        </span>
        {areaM2 !== null && (
          <span className="measure-figure">
            {t.area} <b>{areaWords(areaM2)}</b>
          </span>
        )}
      </p>
      <p className="measure-hint">{done ? t.again : points.length === 0 ? t.begin : points.length < 3 ? t.goOn : t.close}</p>
      <div className="measure-acts">
        {!done && (
          <button className="map-box" disabled={points.length < 2} onClick={endMeasuring}>
            {t.end}
          </button>
        )}
        {done && (
          <button className="map-box" onClick={startMeasuring}>
            {t.anew}
          </button>
        )}
        <button className="map-box" disabled={points.length === 0} onClick={undoMeasuring}>
          {t.undo}
        </button>
        <button className="map-box" onClick={leaveMeasuring}>
          {t.leave}
        </button>
      </div>
    </div>
  );
}
