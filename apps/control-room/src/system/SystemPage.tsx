import type { Health } from '@muckwatch/contract';
import { ageWords, spanWords, timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useMay } from '../auth/may.js';
import { useWords, type Words } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { frameWorkMs } from '../live/work.js';
import { SnoozeList } from '../snooze/SnoozeList.js';
import { Quarantine } from './Quarantine.js';
import './system.css';

type Line = [label: string, value: string, unit?: string];

/** How the machine itself is: rates, lags, database, broker, and what could not be used. */
export default function SystemPage() {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const health = useLive((s) => s.health);
  const seesCity = useMay('see-city');
  if (!health) return <Waiting words={t.system.waiting} />;
  const time = (at: string) => timeWords(Date.parse(at), now, zone, t);
  return (
    <div className="system" data-testid="system-page">
      <header className="system-head">
        <h1>{t.system.title}</h1>
        <span>{t.system.age(t.ago(ageWords(now - Date.parse(health.at), t)))}</span>
        <a href="#/">{t.system.back}</a>
      </header>
      {seesCity ? (
        <div className="system-cards">
          <Card title={t.system.intake} lines={intakeLines(health, now, t)} />
          <Lags health={health} />
          <Card title={t.system.database} state={health.database} since={time(health.database.since)} lines={databaseLines(health, t)} />
          <Card title={t.system.broker} state={health.broker} since={time(health.broker.since)} lines={brokerLines(health, t)} />
          <Card title={t.system.sinceStart} lines={countLines(health, t)} />
          <Card title={t.system.fleet} lines={fleetLines(health, t)} />
          <Card title={t.system.process} lines={processLines(health, now, time, t)} />
        </div>
      ) : (
        <OwnPart health={health} time={time} />
      )}
      <SnoozeList />
      <Quarantine />
    </div>
  );
}

/** Who sees a part of the city is told whether the machine works, and of the trucks that are theirs: the other numbers are not said, not zero. */
function OwnPart({ health, time }: { health: Health; time: (at: string) => string }) {
  const t = useWords();
  const { trucks, heard, silent } = health.fleet;
  return (
    <div className="system-cards">
      <Card title={t.system.database} state={health.database} since={time(health.database.since)} lines={[]} />
      <Card title={t.system.broker} state={health.broker} since={time(health.broker.since)} lines={[]} />
      <Card title={t.system.fleet} lines={Object.entries({ trucks, heard, silent }).map(([key, value]) => [t.system[key as 'trucks'], count(value, t)])} />
    </div>
  );
}

function Card({ title, lines, state, since }: { title: string; lines: Line[]; state?: { ok: boolean; error: string | null }; since?: string }) {
  const t = useWords();
  return (
    <section className="system-card">
      <h2>
        {title}
        {state && (
          <span className={state.ok ? 'ok' : 'c-critical'}>
            <i className={`dot ${state.ok ? '' : 'bad'}`} />
            {state.ok ? t.system.ok : t.system.down} <small>{since && t.system.since(since)}</small>
          </span>
        )}
      </h2>
      {state?.error && <p className="c-critical">{state.error}</p>}
      <dl>
        {lines.map(([label, value, unit]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value} {unit && <small>{unit}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Lags({ health }: { health: Health }) {
  const t = useWords();
  const { intake, database } = health;
  const rows: [string, number | null, number | null][] = [
    [t.system.fixToReceived, intake.fixToReceivedP50Ms, intake.fixToReceivedP99Ms],
    [t.system.receivedToCommitted, intake.receivedToCommittedP50Ms, intake.receivedToCommittedP99Ms],
    [t.system.commit, database.commitP50Ms, database.commitP99Ms],
  ];
  return (
    <section className="system-card">
      <h2>{t.system.lag}</h2>
      <table className="system-lags">
        <thead>
          <tr>
            <th />
            <th>{t.system.p50}</th>
            <th>{t.system.p99}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, p50, p99]) => (
            <tr key={label}>
              <th>{label}</th>
              <td>{msWords(p50, t)}</td>
              <td>{msWords(p99, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const msWords = (ms: number | null, t: Words) =>
  ms === null ? t.none : ms < 10_000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ${t.unit.ms}` : spanWords(ms, t);
const count = (n: number, t: Words) => n.toLocaleString(t.code);

function intakeLines({ intake }: Health, now: number, t: Words): Line[] {
  return [
    [t.system.reportsPerS, intake.reportsPerS.toFixed(1), t.system.perS],
    [t.system.messagesPerS, intake.messagesPerS.toFixed(1), t.system.perS],
    [t.system.waitingMessages, count(intake.waiting, t), t.system.messages],
    [t.system.lastReport, intake.lastReportAt ? t.ago(ageWords(now - Date.parse(intake.lastReportAt), t)) : t.top.newestNone],
  ];
}

function databaseLines({ database }: Health, t: Words): Line[] {
  return [
    [t.system.databaseKind[database.kind], ''],
    [t.system.version, database.versions],
    [t.system.queued, count(database.queued, t)],
    [t.system.wait, msWords(database.waitMs, t)],
  ];
}

function brokerLines({ broker }: Health, t: Words): Line[] {
  return [
    [t.system.brokerKind[broker.kind], ''],
    [t.system.clients, broker.clients === null ? t.system.clientsUnknown : count(broker.clients, t)],
    [t.system.refusedSignIns, count(broker.refusedSignIns, t)],
    [t.system.refusedTopics, count(broker.refusedTopics, t)],
  ];
}

function countLines({ intake }: Health, t: Words): Line[] {
  return (['reports', 'duplicates', 'late', 'doubted', 'quarantined', 'sightings', 'ruleFaults'] as const).map((key) => [
    t.system.counts[key],
    count(intake[key], t),
  ]);
}

function fleetLines({ fleet, judging }: Health, t: Words): Line[] {
  const counts = (['trucks', 'heard', 'silent', 'places'] as const).map((key): Line => [t.system[key], count(fleet[key], t)]);
  return [...counts, [t.system.due, count(judging.due, t)]];
}

function processLines(health: Health, now: number, time: (at: string) => string, t: Words): Line[] {
  return [
    [t.system.version, health.version],
    [t.system.started, time(health.startedAt), spanWords(now - Date.parse(health.startedAt), t)],
    [t.system.memory, count(Math.round(health.memoryMb), t), 'MB'],
    [t.system.sockets, count(health.live.sockets, t)],
    [t.system.page, frameWorkMs().toFixed(1), t.system.pageWork],
  ];
}
