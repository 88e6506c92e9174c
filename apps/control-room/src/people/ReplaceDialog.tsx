import type { TerminalResource } from '@muckwatch/contract';
import { Input, Modal } from 'antd';
import { del, post } from '../app/api.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import { Field } from '../permits/Field.js';

interface Props {
  terminal: TerminalResource;
  plate: string;
  onClose: () => void;
  onDone: (made: TerminalResource) => void;
}

/** Another terminal for the same truck: the new one first, so that a fault on the way leaves the truck with one that works. */
export function ReplaceDialog({ terminal, plate, onClose, onDone }: Props) {
  const t = useWords();
  const d = t.people.devices;
  const [id, setId] = useKept(`replacing ${terminal.id}`, '');
  const { busy, fault, send } = useSend();
  const replace = () =>
    void send(async () => {
      const made = await post<TerminalResource>('/terminals', { truckId: terminal.truckId, ...(id.trim() ? { id: id.trim() } : {}) });
      await del(`/terminals/${encodeURIComponent(terminal.id)}`);
      onDone(made);
    });
  return (
    <Modal
      open
      title={`${d.replace} · ${terminal.id}`}
      onCancel={onClose}
      onOk={replace}
      okText={busy ? t.people.saving : d.replace}
      okButtonProps={{ disabled: busy, 'data-testid': 'replace-now' }}
      cancelText={t.cancel}
      width={460}
    >
      <div className="form" data-testid="replace-form">
        <p className="lead">{d.replaceWhat(plate)}</p>
        <Field label={d.newId} id="replace-id" hint={d.idHint}>
          <Input
            id="replace-id"
            autoFocus
            autoComplete="off"
            maxLength={64}
            value={id}
            onChange={(event) => setId(event.target.value)}
            onPressEnter={replace}
          />
        </Field>
        <p className="form-fault" role="alert">
          {fault}
        </p>
      </div>
    </Modal>
  );
}
