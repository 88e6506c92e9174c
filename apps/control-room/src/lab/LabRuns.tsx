import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { totalOf } from './lab.js';
import { openRun, useLab } from './labStore.js';

/** What was judged lately, by whom: the server remembers the last twenty until it is started again. */
export function LabRuns() {
  const t = useWords();
  const zone = useZone();
  const { runs, run } = useLab();
  return (
    <section className="lab-runs">
      <h2>{t.lab.runs}</h2>
      {runs.length === 0 && <p className="mute">{t.lab.noRuns}</p>}
      {runs.slice(0, 8).map((one) => {
        const { kept, gained, lost } = totalOf(one.counts);
        return (
          <button key={one.id} className={`lab-run ${one.id === run?.id ? 'on' : ''}`} onClick={() => void openRun(one.id)} aria-current={one.id === run?.id}>
            <span>{t.lab.runBy(one.by, timeWords(Date.parse(one.startedAt), serverNow(), zone, t))}</span>
            <span>{one.state === 'done' ? `=${kept} +${gained} −${lost}` : t.lab.state[one.state]}</span>
          </button>
        );
      })}
    </section>
  );
}
