import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { post } from '../app/api.js';
import { plateWords } from '../app/plate.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import { useMap } from '../map/mapStore.js';
import { Field } from '../permits/Field.js';
import { useRegistry } from '../trucks/registry.js';
import type { Device, Kind } from './Devices.js';

/** A new terminal on a truck or a new camera at a place; its secret is in the answer and nowhere else. */
export function DeviceDialog({ what, onClose, onMade }: { what: Kind; onClose: () => void; onMade: (device: Device) => void }) {
  const t = useWords();
  const d = t.people.devices;
  const trucks = useRegistry((s) => s.trucks);
  const places = useMap((s) => s.places);
  const [form, setForm] = useKept(`new of ${what}`, { id: '', on: null as string | null, name: '', kind: 'gate' as 'gate' | 'frigate', frigateName: '' });
  const [tried, setTried] = useState(false);
  const { busy, fault, send } = useSend();
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const isCamera = what === 'cameras';
  const wrongOn = form.on === null;
  const wrongName = isCamera && form.name.trim() === '';

  const make = () => {
    setTried(true);
    if (wrongOn || wrongName) return;
    const id = form.id.trim() ? { id: form.id.trim() } : {};
    const body = isCamera
      ? {
          ...id,
          placeId: form.on,
          name: form.name.trim(),
          kind: form.kind,
          ...(form.kind === 'frigate' && form.frigateName.trim() ? { frigateName: form.frigateName.trim() } : {}),
        }
      : { ...id, truckId: form.on };
    void send(async () => onMade(await post<Device>(`/${what}`, body)));
  };
  const options = isCamera
    ? places.map(({ id, name, kind }) => ({ value: id, label: `${name} · ${t.place[kind]}` }))
    : [...trucks.values()].map(({ id, plate }) => ({ value: id, label: `${plateWords(plate)} · ${plate}` }));

  return (
    <Modal
      open
      mask={{ closable: false }}
      title={d.add[what]}
      onCancel={onClose}
      onOk={make}
      okText={busy ? t.people.saving : t.people.create}
      okButtonProps={{ disabled: busy, 'data-testid': 'make-device' }}
      cancelText={t.cancel}
      width={480}
    >
      <div className="form" data-testid="device-form">
        <Field label={isCamera ? d.place : d.truck} id="device-on" wrong={tried && wrongOn ? (isCamera ? d.noPlace : d.noTruck) : null}>
          <Select
            id="device-on"
            autoFocus
            value={form.on ?? undefined}
            onChange={(on) => change({ on })}
            showSearch={{ optionFilterProp: 'label' }}
            options={options}
          />
        </Field>
        {isCamera && (
          <>
            <Field label={d.name} id="device-name" wrong={tried && wrongName ? d.noName : null}>
              <Input id="device-name" maxLength={120} value={form.name} onChange={(event) => change({ name: event.target.value })} />
            </Field>
            <Field label={d.kind} id="device-kind">
              <Select
                id="device-kind"
                value={form.kind}
                onChange={(kind) => change({ kind })}
                options={(['gate', 'frigate'] as const).map((kind) => ({ value: kind, label: d.kinds[kind] }))}
              />
            </Field>
            {form.kind === 'frigate' && (
              <Field label={d.frigateName} id="device-frigate">
                <Input id="device-frigate" maxLength={120} value={form.frigateName} onChange={(event) => change({ frigateName: event.target.value })} />
              </Field>
            )}
          </>
        )}
        <Field label={d.id} id="device-id" hint={d.idHint}>
          <Input id="device-id" autoComplete="off" maxLength={64} value={form.id} onChange={(event) => change({ id: event.target.value })} />
        </Field>
        <p className="form-fault" role="alert">
          {fault}
        </p>
      </div>
    </Modal>
  );
}
