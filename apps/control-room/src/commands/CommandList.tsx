import type { CommandResource } from '@muckwatch/contract';
import { Image } from 'antd';
import { useState } from 'react';
import { wordsOf } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useMay } from '../auth/may.js';
import { useWords, type Words } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import '../told/told.css';
import './commands.css';
import { askForControl, askForInterval, askForWord } from './CommandDialog.js';
import { askFor, readCommands, useCommandsOf } from './commandStore.js';
import { commandsFor, controlsInForce, isOver, stopsOf } from './steps.js';

interface Props {
  truck: { id: string; plate: string };
  /** The alert that the word is about, and all of its incident; null: the truck's own card. */
  about: { alertId: string; alertIds: readonly string[]; rule: string } | null;
}

/** What was asked of a truck's terminal, each step as it travels, and what can be asked. */
export function CommandList({ truck, about }: Props) {
  const t = useWords();
  const c = t.commands;
  const now = useNow();
  const mayCommand = useMay('command');
  const { state, fault, commands } = useCommandsOf(truck.id);
  const [all, setAll] = useState(false);
  const { shown, earlier } = commandsFor(commands.values(), about?.alertIds ?? null, now);
  const rows = all ? [...earlier, ...shown] : shown;
  return (
    <section className="commands" data-testid="commands">
      <header className="part-head">
        <h3 className="detail-title">{c.title}</h3>
        {mayCommand && <Acts truck={truck} about={about} />}
      </header>
      {state === 'failed' && (
        <p className="c-serious" role="alert">
          {c.failed} {fault}{' '}
          <button className="plain c-minor" onClick={() => void readCommands(truck.id)}>
            {t.retry}
          </button>
        </p>
      )}
      {state === 'reading' && commands.size === 0 && <Waiting what={c.reading} small />}
      {state === 'read' && rows.length === 0 && (
        <p className="part-empty">
          {c.none} {mayCommand && c.noneWhy}
        </p>
      )}
      <ol className="command-list">
        {rows.map((command) => (
          <Command key={command.id} command={command} now={now} mayCommand={mayCommand} />
        ))}
      </ol>
      {earlier.length > 0 && (
        <button className="plain c-minor" onClick={() => setAll(!all)}>
          {all ? c.fewer : c.earlier(earlier.length)}
        </button>
      )}
    </section>
  );
}

/** A photo asks for nothing more; everything else opens a form. */
function Acts({ truck, about }: Props) {
  const c = useWords().commands;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const asked = { truckId: truck.id, plate: truck.plate, alertId: about?.alertId ?? null, rule: about?.rule ?? null };
  const capture = () => {
    setBusy(true);
    setFault(null);
    askFor({ truckId: truck.id, kind: 'capture', ...(about ? { alertId: about.alertId } : {}) })
      .catch((error: unknown) => setFault(wordsOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div className="part-acts">
      <button className="chip strong" onClick={() => askForWord(asked)} data-testid="speak">
        {c.speak} {about && <kbd>w</kbd>}
      </button>
      <button className="chip" disabled={busy} onClick={capture} data-testid="capture">
        {c.capture}
      </button>
      <button className="chip" onClick={() => askForInterval(asked)} data-testid="interval">
        {c.interval}
      </button>
      <button className="chip" onClick={() => askForControl(asked)} data-testid="control">
        {c.control}
      </button>
      {fault && (
        <span className="c-serious" role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}

export function Command({ command, now, mayCommand, title }: { command: CommandResource; now: number; mayCommand: boolean; title?: string }) {
  const t = useWords();
  const c = t.commands;
  const zone = useZone();
  const time = (at: string) => timeWords(Date.parse(at), now, zone, t);
  const inForce = controlsInForce([command], now).length > 0;
  return (
    <li className={`command s-${command.status}`} data-testid="command" data-kind={command.kind} data-status={command.status} data-command={command.id}>
      <div className="command-head">
        <span>
          <b>
            {title} {c.kind[command.kind]}
          </b>{' '}
          {whatWords(command, t)}
        </span>
        <small>{c.by(command.automatic ? c.automatic : command.askedBy, time(command.askedAt))}</small>
      </div>
      <Rail command={command} time={time} />
      <p className="command-notes">
        {[
          command.waitsFor && !isOver(command) && `${c.waits[command.waitsFor]} · ${c.expires(time(command.expiresAt))}`,
          command.reason && t.detail.reasonOf(command.reason),
          command.decidedBy && (command.status === 'refused' ? c.refusedBy(command.decidedBy) : c.approvedBy(command.decidedBy)),
          inForce && command.releasesAt && `${c.inForce} · ${c.releases(time(command.releasesAt))}`,
          command.releasedBy && c.released,
          correctionWords(command, now, time, t),
        ]
          .filter(Boolean)
          .map((words, i) => (
            <span key={i}>{words}</span>
          ))}
        {inForce && mayCommand && <Release command={command} />}
      </p>
      {command.photo && (
        <span className="told-photos">
          <Image src={`/api/v1${command.photo.url.replace(/^\/api\/v1/, '')}`} alt={c.photo} width={120} height={80} loading="lazy" />
        </span>
      )}
    </li>
  );
}

/** queued → sent → received → done: shape and word tell where it is, the time below says since when. */
function Rail({ command, time }: { command: CommandResource; time: (at: string) => string }) {
  const c = useWords().commands;
  const stops = stopsOf(command);
  const detail = stops.findLast((stop) => stop.detail !== null)?.detail;
  return (
    <>
      <ol className="rail">
        {stops.map(({ status, at, state }) => (
          <li key={status} className={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span>{status === 'done' && state === 'past' ? c.done[command.kind] : c.status[status]}</span>
            <small>{at ? time(at) : ' '}</small>
          </li>
        ))}
      </ol>
      {detail && <p className="command-detail">{detail}</p>}
    </>
  );
}

function Release({ command }: { command: CommandResource }) {
  const c = useWords().commands;
  const [state, setState] = useState<{ busy: boolean; fault: string | null }>({ busy: false, fault: null });
  const release = () => {
    setState({ busy: true, fault: null });
    askFor({ truckId: command.truck.id, kind: 'release', ...(command.alertId ? { alertId: command.alertId } : {}) }).then(
      () => setState({ busy: false, fault: null }),
      (error: unknown) => setState({ busy: false, fault: wordsOf(error) }),
    );
  };
  return (
    <>
      <button className="chip" disabled={state.busy} onClick={release} data-testid="release">
        {c.release}
      </button>
      {state.fault && (
        <span className="c-serious" role="alert">
          {state.fault}
        </span>
      )}
    </>
  );
}

/** What it says or sets, in a few words. */
export function whatWords(command: CommandResource, t: Words): string {
  if (command.text) return `「${command.text}」`;
  if (command.kind === 'set-interval' && command.seconds !== null) return t.commands.seconds(command.seconds);
  if (command.kind === 'limit-speed' && command.kmh !== null) return t.commands.kmh(command.kmh);
  return '';
}

function correctionWords({ correction }: CommandResource, now: number, time: (at: string) => string, t: Words): string | null {
  if (!correction) return null;
  if (correction.putRightAt) return t.commands.corrected(time(correction.putRightAt));
  return Date.parse(correction.until) > now ? t.commands.correctBy(time(correction.until)) : t.commands.notCorrected;
}
