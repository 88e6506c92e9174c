import type { LabRun, RuleResource } from '@muckwatch/contract';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { measureName } from '../alerts/measures.js';
import { readRules, useRules } from '../alerts/rules.js';
import { put, wordsOf } from '../app/api.js';
import { useKept } from '../app/useKept.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { changesOf, limitsToSave } from './lab.js';
import { limitWords } from './limitWords.js';

/** Makes what was tried the city's own: asked for with a reason, and only after every number that changes has been read. */
export function SaveLimits({ run }: { run: LabRun }) {
  const t = useWords();
  const mayChange = useMay('set-for-all');
  const { rules } = useRules();
  const [open, setOpen] = useKept(`limits of ${run.id} open`, false);
  const [saved, setSaved] = useState(false);
  const tried = run.asked.limits;
  const changes = changesOf(tried, rules);

  if (saved && changes.length === 0) return <p className="lab-saved" role="status">✓ {t.lab.saved}</p>; // prettier-ignore
  if (changes.length === 0) return <p className="lab-hint">{t.lab.asInForce}</p>;
  if (!mayChange) return <p className="lab-hint">{t.may.notOffered.limits}</p>;
  return (
    <div className="lab-save">
      <Button onClick={() => setOpen(true)} data-testid="lab-save">
        {t.lab.save}
      </Button>
      {open && <Dialog run={run} onClose={() => setOpen(false)} onSaved={() => setSaved(true)} />}
    </div>
  );
}

function Dialog({ run, onClose, onSaved }: { run: LabRun; onClose: () => void; onSaved: () => void }) {
  const t = useWords();
  const { rules } = useRules();
  const [reason, setReason] = useKept(`limits of ${run.id}`, '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const changes = changesOf(run.asked.limits, rules);

  const save = async () => {
    setBusy(true);
    setFault(null);
    for (const { rule, limits } of limitsToSave(run.asked.limits, rules)) {
      try {
        await put<RuleResource>(`/rules/${rule}`, { limits, reason: reason.trim() });
      } catch (error) {
        setFault(t.lab.saveFailed(t.rule[rule], wordsOf(error)));
        setBusy(false);
        await readRules(); // what was saved before it is no change any more
        return;
      }
    }
    onSaved();
    await readRules();
    onClose();
  };

  return (
    <Modal
      open
      title={t.lab.saveTitle}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t.lab.saveOk}
      okButtonProps={{ disabled: reason.trim() === '' || changes.length === 0, loading: busy }}
      cancelText={t.cancel}
      width={520}
    >
      <p className="lab-what">{t.lab.saveWhat}</p>
      <table className="lab-changes" data-testid="lab-changes">
        <tbody>
          {changes.map(({ rule, name, was, becomes }) => (
            <tr key={`${rule} ${name}`}>
              <td>{t.rule[rule]}</td>
              <td>{measureName(name, t, rule)}</td>
              <td>{limitWords(name, was, t)}</td>
              <td aria-hidden>→</td>
              <td>
                <b>{limitWords(name, becomes, t)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        value={reason}
        placeholder={t.lab.saveReason}
        onChange={(event) => setReason(event.target.value)}
        data-testid="lab-reason"
      />
      {fault && (
        <p className="c-serious" role="alert">
          {fault}
        </p>
      )}
    </Modal>
  );
}
