import type { CommandResource } from '@muckwatch/contract';
import { Input } from 'antd';
import { post } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { plateWords } from '../app/plate.js';
import { ageWords, timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useIsMe } from '../auth/may.js';
import { Command, whatWords } from '../commands/CommandList.js';
import { hearCommand } from '../commands/commandStore.js';
import { useWords, type Words } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { STATES } from '../live/fleet.js';
import { useZone } from '../live/liveStore.js';
import { hearControl, readReview, useReview } from './reviewStore.js';
import { controlsInOrder } from './waiting.js';

/** Controls that change how a truck drives wait here for another person than the one who asked. */
export function Controls() {
  const t = useWords();
  const now = useNow();
  const { state, fault, controls } = useReview();
  const { waiting, decided } = controlsInOrder(controls);
  return (
    <div className="sheet controls">
      <Lacking
        read={{ state, words: fault, again: () => void readReview() }}
        empty={waiting.length === 0 ? { title: t.review.controls.none, why: t.review.controls.noneWhy } : null}
        failed={t.review.controls.failed}
        what={t.review.parts.controls}
      />
      {waiting.map((command) => (
        <Control key={command.id} command={command} now={now} />
      ))}
      {decided.length > 0 && (
        <section>
          <h3 className="detail-title">{t.review.controls.recent}</h3>
          <ol className="command-list">
            {decided.map((command) => (
              <Command key={command.id} command={command} now={now} mayCommand={false} title={plateWords(command.truck.plate)} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Control({ command, now }: { command: CommandResource; now: number }) {
  const t = useWords();
  const c = t.review.controls;
  const zone = useZone();
  const isMe = useIsMe();
  // null: it is not being refused.
  const [reason, setReason] = useKept<string | null>(`refuse ${command.id}`, null);
  const { busy, fault, send } = useSend();
  const own = isMe(command.askedBy);
  const leftMs = Date.parse(command.expiresAt) - now;

  const decide = (step: 'approve' | 'refuse', body?: object) => {
    void send(async () => {
      const answer = await post<CommandResource>(`/commands/${encodeURIComponent(command.id)}/${step}`, body ?? {});
      hearControl(answer);
      hearCommand(answer);
    });
  };
  const refuse = () => {
    if (reason === null) setReason('');
    else if (reason.trim() !== '') decide('refuse', { reason: reason.trim() });
  };

  return (
    <article className="panel control" data-testid="control-waiting" data-command={command.id}>
      <header className="review-head">
        <h2>{plateWords(command.truck.plate)}</h2>
        <span className="control-what">
          {t.commands.kind[command.kind]} {whatWords(command, t)}
        </span>
        <span className={leftMs < 60_000 ? 'c-serious' : 'soft'}>{leftMs > 0 ? c.left(ageWords(leftMs, t)) : c.over}</span>
      </header>
      <p className="detail-say">{command.reason}</p>
      <p className="command-notes">
        <span>
          {c.asks(command.askedBy)} {timeWords(Date.parse(command.askedAt), now, zone, t)}
        </span>
        <span>{command.releasesAt && c.releases(timeWords(Date.parse(command.releasesAt), now, zone, t))}</span>
        <span>{nowWords(command.truck.id, t)}</span>
        {command.alertId && (
          <a className="c-minor" href={`#/alert/${encodeURIComponent(command.alertId)}`}>
            {t.review.answers.openAlert} →
          </a>
        )}
      </p>
      <p className="soft">{own ? c.own : command.kind === 'limit-lift' ? c.liftWhy : c.speedWhy}</p>
      {reason !== null && (
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={500}
          value={reason}
          placeholder={c.reason}
          aria-label={c.reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setReason(null);
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            refuse();
          }}
          data-testid="refuse-reason"
        />
      )}
      {fault && (
        <p className="c-serious" role="alert">
          {fault}
        </p>
      )}
      {!own && (
        <div className="decide-buttons two">
          <button
            className={`decide-button ${reason === null ? 'primary' : ''}`}
            disabled={busy || leftMs <= 0}
            onClick={() => decide('approve')}
            data-testid="approve"
          >
            {c.approve}
          </button>
          <button
            className={`decide-button ${reason === null ? '' : 'primary'}`}
            disabled={busy || reason?.trim() === ''}
            onClick={refuse}
            data-testid="refuse"
          >
            {c.refuse}
          </button>
        </div>
      )}
    </article>
  );
}

/** How the truck drives now: who approves should know whether it stands. */
function nowWords(truckId: string, t: Words): string {
  const i = fleet.indexOf(truckId);
  if (i === null || STATES[fleet.state[i]!] === 'silent') return t.review.controls.silent;
  const kmh = fleet.speedKmh[i]!;
  if (Number.isNaN(kmh)) return '';
  return kmh < 1 ? t.review.controls.nowStands : t.review.controls.nowDrives(Math.round(kmh));
}
