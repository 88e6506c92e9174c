import { Button, Modal } from 'antd';
import { useState } from 'react';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { FactsView } from './FactsView.js';
import { takeOver, useHanding } from './handoverStore.js';
import './shift.css';

const close = () => useHanding.setState({ looking: null, fault: null });

/** What the shift before left, and taking it. */
export default function TakeDialog() {
  const t = useWords();
  const zone = useZone();
  const { looking, fault } = useHanding();
  const [busy, setBusy] = useState(false);
  if (!looking) return null;
  const { by, at, words, facts, taken } = looking;
  const { critical, serious, minor } = facts.undecided;
  const take = async () => {
    setBusy(true);
    await takeOver(looking);
    setBusy(false);
  };
  return (
    <Modal
      open
      width={720}
      title={t.shifts.waiting(by.name, timeWords(Date.parse(at), serverNow(), zone, t), critical + serious + minor)}
      onCancel={close}
      footer={[
        <Button key="close" onClick={close}>
          {t.shifts.close}
        </Button>,
        ...(taken
          ? []
          : [
              <Button key="take" type="primary" loading={busy} onClick={() => void take()} data-testid="handover-take">
                {busy ? t.shifts.taking : t.shifts.takeOver}
              </Button>,
            ]),
      ]}
    >
      {words && <blockquote className="handover-said">{words}</blockquote>}
      <FactsView facts={facts} onOpen={close} />
      {fault && (
        <p className="c-serious" role="alert">
          {fault}
        </p>
      )}
    </Modal>
  );
}
