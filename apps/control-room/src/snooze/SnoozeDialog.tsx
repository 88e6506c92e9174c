import type { RuleCode } from '@muckwatch/contract';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { create } from 'zustand';
import { wordsOf } from '../app/api.js';
import { cityInstant, cityText, nextHour } from '../app/cityTime.js';
import { plateWords } from '../app/plate.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { addSnooze } from './snoozes.js';
import './snooze.css';
import { MomentInput } from '../app/typed.js';
import { useKept } from '../app/useKept.js';

interface Asked {
  truckId: string;
  plate: string;
  /** null: to be chosen. */
  rule: RuleCode | null;
}

const useAsked = create<{ asked: Asked | null }>(() => ({ asked: null }));

export const askToSnooze = (asked: Asked): void => useAsked.setState({ asked });
const close = () => useAsked.setState({ asked: null });

/** One dialogue for the whole page: from the alert's panel and the truck's card. */
export function SnoozeDialog() {
  const { asked } = useAsked();
  return asked && <Dialog key={`${asked.truckId} ${asked.rule}`} asked={asked} />;
}

const HOUR_MS = 3_600_000;
/** As far as the server allows. */
const LONGEST_MS = 30 * 24 * HOUR_MS;

function Dialog({ asked }: { asked: Asked }) {
  const t = useWords();
  const zone = useZone();
  const [now] = useState(serverNow);
  const about = `snooze ${asked.truckId} ${asked.rule}`;
  const [rule, setRule] = useKept(`${about} rule`, asked.rule);
  const [until, setUntil] = useKept(`${about} until`, () => cityText(now + 4 * HOUR_MS, zone));
  const [reason, setReason] = useKept(`${about} reason`, '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const end = cityInstant(until, zone);
  const wrong = end === null || end <= now ? t.snooze.past : end - now > LONGEST_MS ? t.snooze.tooLong : null;
  const ready = rule !== null && reason.trim() !== '' && wrong === null && !busy;
  const choices: [label: string, at: number][] = [
    [t.span.hours(1, 0), now + HOUR_MS],
    [t.span.hours(4, 0), now + 4 * HOUR_MS],
    [t.snooze.shiftEnd, Math.min(nextHour(now, 8, zone), nextHour(now, 20, zone))],
    [t.span.days(1), now + 24 * HOUR_MS],
    [t.span.days(7), now + 7 * 24 * HOUR_MS],
  ];

  const send = () => {
    if (!ready) return;
    setBusy(true);
    setFault(null);
    addSnooze({ truckId: asked.truckId, rule, until: new Date(end!).toISOString(), reason: reason.trim() }).then(close, (error: unknown) => {
      setBusy(false);
      setFault(wordsOf(error));
    });
  };

  return (
    <Modal
      open
      title={t.snooze.title(plateWords(asked.plate))}
      onCancel={close}
      onOk={send}
      okText={t.snooze.submit}
      okButtonProps={{ disabled: !ready, loading: busy }}
      cancelText={t.cancel}
      width={460}
    >
      <div className="snooze-form" data-testid="snooze-form">
        <p>{t.snooze.what}</p>
        <label>
          <span>{t.snooze.rule}</span>
          <Select<RuleCode>
            value={rule ?? undefined}
            placeholder={t.snooze.chooseRule}
            onChange={setRule}
            showSearch={{ optionFilterProp: 'label' }}
            options={(Object.keys(t.rule) as RuleCode[]).map((code) => ({ value: code, label: t.rule[code] }))}
            data-testid="snooze-rule"
          />
        </label>
        <label>
          <span>{t.snooze.until}</span>
          <MomentInput label={t.snooze.until} value={until} onChange={setUntil} data-testid="snooze-until" />
        </label>
        <div className="snooze-choices">
          {choices.map(([label, at]) => (
            <button key={label} type="button" className={`chip ${until === cityText(at, zone) ? 'on' : ''}`} onClick={() => setUntil(cityText(at, zone))}>
              {label}
            </button>
          ))}
        </div>
        <label>
          <span>{t.snooze.reason}</span>
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={500}
            value={reason}
            placeholder={t.snooze.reasonHint}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              send();
            }}
            data-testid="snooze-reason"
          />
        </label>
        <div className="snooze-choices">
          {t.snooze.reasons.map((words) => (
            <button key={words} type="button" className={`chip ${reason === words ? 'on' : ''}`} onClick={() => setReason(words)}>
              {words}
            </button>
          ))}
        </div>
        <p className="snooze-fault c-serious" role="alert">
          {wrong ?? fault}
        </p>
      </div>
    </Modal>
  );
}
