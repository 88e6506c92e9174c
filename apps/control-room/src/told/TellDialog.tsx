import type { Alert, Notice, Role } from '@muckwatch/contract';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { create } from 'zustand';
import { whoWords } from '../alerts/who.js';
import { itemsOf, post, wordsOf } from '../app/api.js';
import { useRead } from '../app/useRead.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import '../snooze/snooze.css';
import { hearTold } from './toldStore.js';

const useAsked = create<{ alert: Alert | null }>(() => ({ alert: null }));

export const askWhomToTell = (alert: Alert): void => useAsked.setState({ alert });
const close = () => useAsked.setState({ alert: null });

/** Somebody who may be told. */
interface Recipient {
  accountId: string;
  name: string;
  role: Role;
  /** Of this incident already. */
  told: boolean;
}

export function TellDialog() {
  const { alert } = useAsked();
  return alert && <Dialog key={alert.id} alert={alert} />;
}

function Dialog({ alert }: { alert: Alert }) {
  const t = useWords();
  const d = t.told.dialog;
  const people = useRead<unknown>(`/notices/recipients?alert=${encodeURIComponent(alert.id)}`);
  const [accountId, setAccountId] = useKept<string | null>(`tell ${alert.id} whom`, null);
  const [text, setText] = useKept(`tell ${alert.id}`, '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const items = people.state === 'read' ? itemsOf<Recipient>(people.answer) : [];
  const ready = accountId !== null && !busy;
  const send = () => {
    if (!ready) return;
    setBusy(true);
    setFault(null);
    post<Notice>('/notices/tell', { alertId: alert.id, accountId, ...(text.trim() ? { text: text.trim() } : {}) }).then(
      (notice) => {
        hearTold(notice);
        close();
      },
      (error: unknown) => {
        setBusy(false);
        setFault(wordsOf(error));
      },
    );
  };

  return (
    <Modal
      open
      mask={{ closable: false }}
      title={d.title(whoWords(alert, t))}
      onCancel={close}
      onOk={send}
      okText={busy ? d.sending : d.send}
      okButtonProps={{ disabled: !ready }}
      cancelText={t.cancel}
      width={460}
    >
      <div className="snooze-form" data-testid="tell-form">
        <p>{d.what}</p>
        <label htmlFor="tell-who">
          <span>{d.who}</span>
          <Select<string>
            id="tell-who"
            autoFocus
            // Until the names are read there is none for it.
            value={people.state === 'read' ? accountId : undefined}
            placeholder={d.choose}
            loading={people.state === 'reading'}
            notFoundContent={people.state === 'read' ? d.nobody : t.loading(d.who)}
            onChange={setAccountId}
            showSearch={{ optionFilterProp: 'label' }}
            options={items.map(({ accountId: id, name, role, told }) => ({
              value: id,
              label: `${name} · ${t.role[role]}${told ? ` · ${d.already}` : ''}`,
            }))}
            data-testid="tell-who"
          />
        </label>
        <label>
          <span>{d.text}</span>
          <Input.TextArea
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
            data-testid="tell-text"
          />
        </label>
        <div className="snooze-choices">
          {d.ready.map((words) => (
            <button key={words} type="button" className={`chip ${text === words ? 'on' : ''}`} onClick={() => setText(words)}>
              {words}
            </button>
          ))}
        </div>
        <p className="snooze-fault c-serious" role="alert">
          {people.state === 'failed' ? `${d.failed} ${people.words}` : fault}
        </p>
      </div>
    </Modal>
  );
}
