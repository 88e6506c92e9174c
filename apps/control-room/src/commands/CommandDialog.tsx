import type { CommandBody, RuleCode } from '@muckwatch/contract';
import { Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { create } from 'zustand';
import { wordsOf } from '../app/api.js';
import { plateWords } from '../app/plate.js';
import { spanWords } from '../app/time.js';
import { useKept } from '../app/useKept.js';
import { ANY_SENTENCES, SENTENCES } from '../i18n/sentences.js';
import { useWords, type Words } from '../i18n/index.js';
import '../snooze/snooze.css';
import { askFor } from './commandStore.js';
import { kmhTyped, secondsTyped } from './steps.js';

interface Asked {
  truckId: string;
  plate: string;
  alertId: string | null;
  rule: string | null;
}

type Form = 'word' | 'interval' | 'control';
const useAsked = create<{ form: Form | null; asked: Asked | null }>(() => ({ form: null, asked: null }));

export const askForWord = (asked: Asked): void => useAsked.setState({ form: 'word', asked });
export const askForInterval = (asked: Asked): void => useAsked.setState({ form: 'interval', asked });
export const askForControl = (asked: Asked): void => useAsked.setState({ form: 'control', asked });
const close = () => useAsked.setState({ form: null, asked: null });

/** One dialogue for the whole page: from the alert's panel and the truck's card. */
export function CommandDialog() {
  const { form, asked } = useAsked();
  if (!asked || !form) return null;
  const Shown = { word: WordForm, interval: IntervalForm, control: ControlForm }[form];
  return <Shown key={`${form} ${asked.truckId}`} asked={asked} />;
}

const MINUTE_S = 60;
const HOUR_S = 3_600;

function WordForm({ asked }: { asked: Asked }) {
  const t = useWords();
  const d = t.commands.dialog;
  const [kind, setKind] = useKept<'speak' | 'display'>(`word ${asked.truckId} how`, 'speak');
  const [text, setText] = useKept(`word ${asked.truckId}`, '');
  const [expiresInS, setExpires] = useKept(`word ${asked.truckId} expires`, 5 * MINUTE_S);
  const sentences = [...(SENTENCES[asked.rule as RuleCode] ?? []), ...ANY_SENTENCES];
  const body = text.trim() === '' ? null : { kind, text: text.trim(), expiresInS };
  return (
    <Sending asked={asked} body={body} title={d.word(plateWords(asked.plate))} ok={d.send} busyWords={d.sending}>
      {(send) => (
        <>
          <div className="snooze-choices" role="group" aria-label={d.how}>
            {(['speak', 'display'] as const).map((one) => (
              <button key={one} type="button" className={`chip ${kind === one ? 'on' : ''}`} aria-pressed={kind === one} onClick={() => setKind(one)}>
                {d[one]}
              </button>
            ))}
          </div>
          <label>
            <span>{d.text}</span>
            <Input.TextArea
              autoFocus
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={500}
              value={text}
              placeholder={d.textHint}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                send();
              }}
              data-testid="word-text"
            />
          </label>
          <div className="word-ready" role="group" aria-label={d.ready}>
            {sentences.map((words) => (
              <button key={words} type="button" lang="zh" className={`word-sentence ${text === words ? 'on' : ''}`} onClick={() => setText(words)}>
                {words}
              </button>
            ))}
          </div>
          <Spans label={d.expires} value={expiresInS} choices={[1, 5, 30].map((n) => n * MINUTE_S)} onChange={setExpires} t={t} />
        </>
      )}
    </Sending>
  );
}

function IntervalForm({ asked }: { asked: Asked }) {
  const t = useWords();
  const d = t.commands.dialog;
  const [typed, setTyped] = useKept(`interval ${asked.truckId}`, '10');
  const seconds = secondsTyped(typed);
  return (
    <Sending
      asked={asked}
      body={seconds === null ? null : { kind: 'set-interval', seconds }}
      title={d.interval(plateWords(asked.plate))}
      ok={d.send}
      busyWords={d.sending}
      wrong={seconds === null ? d.secondsWrong : null}
    >
      {() => (
        <>
          <label>
            <span>{d.seconds}</span>
            <Input autoFocus inputMode="numeric" value={typed} onChange={(event) => setTyped(event.target.value)} data-testid="interval-seconds" />
          </label>
          <div className="snooze-choices">
            {[5, 10, 30, 60].map((n) => (
              <button key={n} type="button" className={`chip ${typed === String(n) ? 'on' : ''}`} onClick={() => setTyped(String(n))}>
                {t.commands.seconds(n)}
              </button>
            ))}
          </div>
        </>
      )}
    </Sending>
  );
}

function ControlForm({ asked }: { asked: Asked }) {
  const t = useWords();
  const d = t.commands.dialog;
  const about = `control ${asked.truckId}`;
  const [kind, setKind] = useKept<'limit-lift' | 'limit-speed'>(`${about} kind`, 'limit-lift');
  const [typed, setTyped] = useKept(`${about} kmh`, '40');
  const [reason, setReason] = useKept(`${about} reason`, '');
  const [expiresInS, setExpires] = useKept(`${about} expires`, 30 * MINUTE_S);
  const [releasesInS, setReleases] = useKept(`${about} releases`, HOUR_S);
  const kmh = kmhTyped(typed);
  const wrong = kind === 'limit-speed' && kmh === null ? d.speedWrong : null;
  const body = reason.trim() === '' || wrong ? null : { kind, reason: reason.trim(), expiresInS, releasesInS, ...(kind === 'limit-speed' ? { kmh } : {}) };
  return (
    <Sending asked={asked} body={body} title={d.control(plateWords(asked.plate))} ok={d.ask} busyWords={d.asking} wrong={wrong}>
      {(send) => (
        <>
          <p>{d.controlWhy}</p>
          <div className="snooze-choices" role="group" aria-label={d.kind}>
            {(['limit-lift', 'limit-speed'] as const).map((one) => (
              <button
                key={one}
                type="button"
                className={`chip ${kind === one ? 'on' : ''}`}
                aria-pressed={kind === one}
                onClick={() => setKind(one)}
                data-testid={`control-${one}`}
              >
                {t.commands.kind[one]}
              </button>
            ))}
          </div>
          {kind === 'limit-speed' && (
            <label>
              <span>{d.speed}</span>
              <Input inputMode="numeric" value={typed} onChange={(event) => setTyped(event.target.value)} data-testid="control-kmh" />
            </label>
          )}
          <label>
            <span>{d.reason}</span>
            <Input.TextArea
              autoFocus
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={500}
              value={reason}
              placeholder={d.reasonHint}
              onChange={(event) => setReason(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                send();
              }}
              data-testid="control-reason"
            />
          </label>
          <div className="snooze-choices">
            {d.reasons.map((words) => (
              <button key={words} type="button" className={`chip ${reason === words ? 'on' : ''}`} onClick={() => setReason(words)}>
                {words}
              </button>
            ))}
          </div>
          <Spans label={d.waitsFor} value={expiresInS} choices={[5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S]} onChange={setExpires} t={t} />
          <Spans label={d.releasesIn} value={releasesInS} choices={[30 * MINUTE_S, HOUR_S, 4 * HOUR_S, 12 * HOUR_S]} onChange={setReleases} t={t} />
        </>
      )}
    </Sending>
  );
}

type Body = Partial<CommandBody> & Pick<CommandBody, 'kind'>;

/** The frame of all three: sends once it may, and keeps the line below for what is wrong. */
function Sending(props: {
  asked: Asked;
  /** null: not ready. */
  body: Body | null;
  title: string;
  ok: string;
  busyWords: string;
  wrong?: string | null;
  children: (send: () => void) => ReactNode;
}) {
  const t = useWords();
  const { asked, body, title, ok, busyWords, wrong } = props;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = () => {
    if (!body || busy) return;
    setBusy(true);
    setFault(null);
    askFor({ ...body, truckId: asked.truckId, ...(asked.alertId ? { alertId: asked.alertId } : {}) }).then(close, (error: unknown) => {
      setBusy(false);
      setFault(wordsOf(error));
    });
  };
  return (
    <Modal
      open
      mask={{ closable: false }}
      title={title}
      onCancel={close}
      onOk={send}
      okText={busy ? busyWords : ok}
      okButtonProps={{ disabled: !body || busy }}
      cancelText={t.cancel}
      width={480}
    >
      <div className="snooze-form" data-testid="command-form">
        {props.children(send)}
        <p className="snooze-fault c-serious" role="alert">
          {wrong ?? fault}
        </p>
      </div>
    </Modal>
  );
}

function Spans({ label, value, choices, onChange, t }: { label: string; value: number; choices: number[]; onChange: (s: number) => void; t: Words }) {
  return (
    <label className="word-span">
      <span>{label}</span>
      <Select<number> value={value} onChange={onChange} options={choices.map((s) => ({ value: s, label: spanWords(s * 1000, t) }))} aria-label={label} />
    </label>
  );
}
