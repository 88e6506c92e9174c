import type { LabRun } from '@muckwatch/contract';
import { Button, Progress } from 'antd';
import { timeWords } from '../app/time.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { countsToShow, progressOf, totalOf } from './lab.js';
import { LabAlerts } from './LabAlerts.js';
import { stopRun, useLab } from './labStore.js';
import { SaveLimits } from './SaveLimits.js';

/** The result: how far the run is, the counts of each rule, the alerts. */
export function LabFound() {
  const t = useWords();
  const zone = useZone();
  const run = useLab((s) => s.run);
  if (!run) {
    return (
      <div className="lab-empty">
        <strong>{t.lab.emptyTitle}</strong>
        <p>{t.lab.emptyWhy}</p>
      </div>
    );
  }
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  return (
    <>
      <header className="lab-head" data-testid="lab-run" data-state={run.state}>
        <h2>{t.lab.found}</h2>
        <span>
          {time(run.asked.from)} – {time(run.asked.to)}
        </span>
      </header>
      <Progressing run={run} />
      <CountTable run={run} />
      {run.state !== 'running' && <SaveLimits key={`save ${run.id}`} run={run} />}
      <LabAlerts key={`list ${run.id}`} run={run} />
    </>
  );
}

function Progressing({ run }: { run: LabRun }) {
  const t = useWords();
  const busy = useLab((s) => s.busy);
  const mayStop = useMay('set-for-all');
  const { trucks, trucksDone, reports } = run.progress;
  if (run.state === 'failed') {
    return (
      <p className="c-serious" role="alert">
        {t.lab.failed(run.fault ?? '')}
      </p>
    );
  }
  return (
    <div className="lab-progress">
      <Progress percent={Math.round(progressOf(run) * 100)} size="small" showInfo={false} status={run.state === 'running' ? 'active' : 'normal'} />
      <div>
        <span role="status">
          {run.state === 'stopped' ? `${t.lab.stopped} ` : ''}
          {t.lab.running(trucksDone, trucks, reports.toLocaleString(t.code))}
        </span>
        {run.state === 'running' && mayStop && (
          <Button size="small" disabled={busy} onClick={() => void stopRun(run.id)} data-testid="lab-stop">
            {t.lab.stop}
          </Button>
        )}
      </div>
    </div>
  );
}

function CountTable({ run }: { run: LabRun }) {
  const t = useWords();
  const counts = countsToShow(run.counts);
  if (counts.length === 0) return run.state === 'running' ? null : <p className="lab-nothing">{t.lab.nothing}</p>;
  const total = totalOf(run.counts);
  const rows = counts.length > 1 ? [...counts, { rule: null, ...total }] : counts;
  return (
    <table className="lab-counts" data-testid="lab-counts">
      <thead>
        <tr>
          <th>{t.lab.rule}</th>
          {(['kept', 'gained', 'lost'] as const).map((change) => (
            <th key={change} title={t.lab.changeWhy[change]} className={`ch-${change}`}>
              {t.lab.change[change]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ rule, kept, gained, lost }) => (
          <tr key={rule ?? 'total'} data-rule={rule ?? 'total'} className={rule ? '' : 'total'}>
            <td>{rule ? t.rule[rule] : t.lab.total}</td>
            <td>{kept}</td>
            <td className={gained > 0 ? 'ch-gained' : 'mute'}>{gained > 0 ? `+${gained}` : 0}</td>
            <td className={lost > 0 ? 'ch-lost' : 'mute'}>{lost > 0 ? `−${lost}` : 0}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
