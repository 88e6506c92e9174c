import type { Handover, HandoverFacts } from '@muckwatch/contract';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Lacking } from '../app/Parts.js';
import { post, wordsOf } from '../app/api.js';
import { shiftOf, timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { FactsView } from './FactsView.js';
import { useHanding } from './handoverStore.js';
import './shift.css';

const close = () => useHanding.setState({ writing: false });
const handedOver = (handed: Handover) => useHanding.setState({ writing: false, words: '', handed });

/** At the end of a shift: what stands, counted by the server, and what no machine knows, in words. */
export default function HandoverDialog() {
  const t = useWords();
  const zone = useZone();
  const [since] = useState(() => new Date(shiftOf(serverNow(), zone).since).toISOString());
  const draft = useRead<HandoverFacts>(`/handovers/draft?since=${encodeURIComponent(since)}`);
  const words = useHanding((s) => s.words);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = () => {
    setBusy(true);
    setFault(null);
    post<Handover>('/handovers', { since, words: words.trim() || null }).then(handedOver, (error: unknown) => {
      setBusy(false);
      setFault(wordsOf(error));
    });
  };
  return (
    <Modal
      open
      width={720}
      title={t.shifts.title}
      onCancel={close}
      footer={[
        <Button key="close" onClick={close}>
          {t.cancel}
        </Button>,
        <Button key="send" type="primary" disabled={draft.state !== 'read'} loading={busy} onClick={send} data-testid="handover-send">
          {busy ? t.shifts.sending : t.shifts.send}
        </Button>,
      ]}
    >
      <p className="soft">{t.shifts.since(timeWords(Date.parse(since), serverNow(), zone, t))}</p>
      {draft.state === 'read' ? (
        <FactsView facts={draft.answer} onOpen={close} />
      ) : (
        <Lacking read={draft} empty={null} failed={t.shifts.readFailed} what={t.shifts.title} />
      )}
      <label className="handover-words">
        {t.shifts.words}
        <Input.TextArea
          autoFocus
          value={words}
          maxLength={2000}
          autoSize={{ minRows: 3, maxRows: 8 }}
          placeholder={t.shifts.wordsHint}
          onChange={(event) => useHanding.setState({ words: event.target.value })}
          data-testid="handover-words"
        />
      </label>
      <p className="form-fault" role="alert">
        {fault && `${t.shifts.failed} ${fault}`}
      </p>
    </Modal>
  );
}
