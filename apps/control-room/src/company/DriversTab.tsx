import type { DriverResource } from '@muckwatch/contract';
import { type FormEvent, useEffect, useState } from 'react';
import { del, getAll, itemsOf, patch, post, wordsOf } from '../app/api.js';
import { Waiting } from '../app/Waiting.js';
import { useKept } from '../app/useKept.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { SureButton } from '../me/SureButton.js';
import { useLive } from '../live/liveStore.js';
import { useRegistry } from '../trucks/registry.js';
import { Empty } from './TrucksTab.js';

/** The company's drivers: added, changed, retired. */
export function DriversTab() {
  const t = useWords();
  const mayKeep = useMay('keep-drivers');
  const edits = useLive((s) => s.edits.registry);
  const [drivers, setDrivers] = useState<DriverResource[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [editing, setEditing] = useKept<string | null>('driver', null);
  const read = () =>
    getAll('/drivers?retired=false', itemsOf<DriverResource>).then(
      (all) => {
        setDrivers(all.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN')));
        setFault(null);
      },
      (error: unknown) => setFault(wordsOf(error)),
    );
  useEffect(() => void read(), [edits]);

  const saved = () => {
    setEditing(null);
    void read();
  };
  if (!drivers) {
    return fault === null ? (
      <Waiting what={t.company.tab.drivers} small />
    ) : (
      <p className="company-empty" role="alert">
        {t.company.failed} {fault}
      </p>
    );
  }
  return (
    <>
      {!mayKeep ? (
        <p className="company-empty">{t.may.notOffered.drivers}</p>
      ) : editing === 'new' ? (
        <DriverForm driver={null} onClose={() => setEditing(null)} onSaved={saved} />
      ) : (
        <button className="company-more" onClick={() => setEditing('new')} data-testid="driver-add">
          + {t.company.drivers.add}
        </button>
      )}
      {fault && (
        <p className="company-fault" role="alert">
          {fault}
        </p>
      )}
      {drivers.length === 0 && editing === null && <Empty what={t.company.drivers.none} why={t.company.drivers.noneWhy} />}
      <ul className="company-rows">
        {drivers.map((driver) =>
          editing === driver.id ? (
            <li key={driver.id}>
              <DriverForm driver={driver} onClose={() => setEditing(null)} onSaved={saved} />
            </li>
          ) : (
            <li key={driver.id} className="company-row" data-testid="driver">
              <span className="company-one">
                <b className="company-plate">{driver.name}</b>
                <span>{driver.phone}</span>
              </span>
              <span className="company-one">
                <span className="soft">{driver.licence ?? ''}</span>
                {mayKeep && (
                  <span className="company-acts">
                    <button className="chip" onClick={() => setEditing(driver.id)}>
                      {t.company.drivers.edit}
                    </button>
                    <span className="company-sure">
                      <SureButton
                        words={t.company.drivers.retire}
                        sure={t.company.drivers.retireSure}
                        onSure={() => del(`/drivers/${encodeURIComponent(driver.id)}`).then(saved, (error: unknown) => setFault(wordsOf(error)))}
                      />
                    </span>
                  </span>
                )}
              </span>
            </li>
          ),
        )}
      </ul>
    </>
  );
}

function DriverForm({ driver, onClose, onSaved }: { driver: DriverResource | null; onClose: () => void; onSaved: () => void }) {
  const t = useWords();
  const companies = [...useRegistry((s) => s.companies).values()].filter(({ retired }) => !retired);
  const [fields, setFields] = useKept(`driver ${driver?.id ?? 'new'}`, {
    name: driver?.name ?? '',
    phone: driver?.phone ?? '',
    licence: driver?.licence ?? '',
    companyId: driver?.companyId ?? companies[0]?.id ?? '',
  });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (fields.name.trim() === '') return setFault(t.company.drivers.needName);
    const body = { name: fields.name.trim(), phone: fields.phone.trim() || null, licence: fields.licence.trim() || null, companyId: fields.companyId };
    setBusy(true);
    setFault(null);
    (driver ? patch(`/drivers/${encodeURIComponent(driver.id)}`, body) : post('/drivers', body)).then(onSaved, (error: unknown) => {
      setFault(wordsOf(error));
      setBusy(false);
    });
  };
  const field = (name: 'name' | 'phone' | 'licence') => (
    <label>
      {t.company.drivers[name]}
      <input
        className="field"
        value={fields[name]}
        autoFocus={name === 'name'}
        inputMode={name === 'phone' ? 'tel' : undefined}
        onChange={({ target }) => setFields({ ...fields, [name]: target.value })}
        data-testid={`driver-${name}`}
      />
    </label>
  );
  return (
    <form className="company-form" onSubmit={save}>
      {field('name')}
      {field('phone')}
      {field('licence')}
      {companies.length > 1 && (
        <label>
          {t.company.drivers.company}
          <select className="field" value={fields.companyId} onChange={({ target }) => setFields({ ...fields, companyId: target.value })}>
            {companies.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {fault && (
        <p className="company-fault" role="alert">
          {fault}
        </p>
      )}
      <span className="company-acts">
        <button type="button" className="chip" onClick={onClose}>
          {t.company.drivers.cancel}
        </button>
        <button className="company-save" disabled={busy} data-testid="driver-save">
          {busy ? t.company.drivers.saving : t.company.drivers.save}
        </button>
      </span>
    </form>
  );
}
