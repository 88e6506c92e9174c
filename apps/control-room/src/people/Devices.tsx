import type { CameraResource, TerminalResource } from '@muckwatch/contract';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { del, get, patch } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { plateKey, plateWords } from '../app/plate.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import { useMap } from '../map/mapStore.js';
import { useRegistry } from '../trucks/registry.js';
import { DeviceDialog } from './DeviceDialog.js';
import { Once } from './Once.js';
import { ReplaceDialog } from './ReplaceDialog.js';
import { useDeviceRows } from './useDeviceRows.js';

export type Kind = 'terminals' | 'cameras';
export type Device = TerminalResource | CameraResource;

/** Terminals or cameras: found by what they hang on, made, given a new secret, replaced, retired. */
export function Devices({ what }: { what: Kind }) {
  const t = useWords();
  const d = t.people.devices;
  const [search, setSearch] = useState('');
  const [retired, setRetired] = useState(false);
  const owner = useOwner();
  const { read, rows, more, hear, again } = useDeviceRows(what, retired, (device) => {
    const wanted = search.trim().toLowerCase();
    return (
      wanted === '' ||
      [device.id, owner(device), 'name' in device ? device.name : ''].some(
        (text) => text.toLowerCase().includes(wanted) || plateKey(text).includes(plateKey(wanted)),
      )
    );
  });
  const [making, setMaking] = useKept(`new of ${what} open`, false);
  const [replacing, setReplacing] = useKept<TerminalResource | null>('replacing', null);
  const [secret, setSecret] = useState<{ id: string; secret: string } | null>(null);
  const showSecret = (device: Device) => device.secret && setSecret({ id: device.id, secret: device.secret });

  return (
    <div className="sheet" data-testid={what}>
      <header className="sheet-head">
        <input
          className="field"
          value={search}
          placeholder={d.find[what]}
          aria-label={d.find[what]}
          onChange={(event) => setSearch(event.target.value)}
          data-testid="device-find"
        />
        <div className="sheet-chips">
          {[false, true].map((one) => (
            <button key={String(one)} className={`chip ${retired === one ? 'on strong' : ''}`} aria-pressed={retired === one} onClick={() => setRetired(one)}>
              {one ? d.retired : d.inUse}
            </button>
          ))}
        </div>
        <Button type="primary" onClick={() => setMaking(true)} data-testid="new-device">
          {d.add[what]}
        </Button>
      </header>
      <Lacking
        read={{ ...read, again }}
        empty={rows.length === 0 ? { title: d.none[what], why: retired ? undefined : d.noneWhy[what] } : null}
        failed={d.failed[what]}
        what={t.people.parts[what]}
      />
      {rows.length > 0 && (
        <table className="rows">
          <thead>
            <tr>
              <th>{d.id}</th>
              <th>{what === 'terminals' ? d.truck : d.place}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((device) => (
              <Row key={device.id} what={what} device={device} owner={owner(device)} onChange={hear} onSecret={showSecret} onReplace={setReplacing} />
            ))}
          </tbody>
        </table>
      )}
      {more && (
        <Button className="sheet-more" onClick={more.show}>
          {t.people.more(more.count)}
        </Button>
      )}
      {making && (
        <DeviceDialog
          what={what}
          onClose={() => setMaking(false)}
          onMade={(device) => {
            setMaking(false);
            hear(device);
            showSecret(device);
          }}
        />
      )}
      {replacing && (
        <ReplaceDialog
          terminal={replacing}
          plate={owner(replacing)}
          onClose={() => setReplacing(null)}
          onDone={(made) => {
            setReplacing(null);
            hear(made);
            hear({ ...replacing, retired: true });
            showSecret(made);
          }}
        />
      )}
      {secret && <Once title={d.secret(secret.id)} secret={secret.secret} what={d.secretWhat} onClose={() => setSecret(null)} />}
    </div>
  );
}

/** What a device hangs on, by name. */
function useOwner(): (device: Device) => string {
  const d = useWords().people.devices;
  const trucks = useRegistry((s) => s.trucks);
  const places = useMap((s) => s.places);
  return (device) => {
    if ('placeId' in device) return places.find(({ id }) => id === device.placeId)?.name ?? d.unknown(device.placeId);
    const plate = trucks.get(device.truckId)?.plate;
    return plate ? plateWords(plate) : d.unknown(device.truckId);
  };
}

interface RowProps {
  what: Kind;
  device: Device;
  owner: string;
  onChange: (device: Device) => void;
  onSecret: (device: Device) => void;
  onReplace: (terminal: TerminalResource) => void;
}

function Row({ what, device, owner, onChange, onSecret, onReplace }: RowProps) {
  const t = useWords();
  const d = t.people.devices;
  const { busy, fault, send } = useSend();
  const path = `/${what}/${encodeURIComponent(device.id)}`;
  const rotate = () => void send(async () => onSecret(await patch<Device>(path, { secret: null })));
  const retire = () =>
    void send(async () => {
      await del(path);
      // How it stands afterwards is read, not guessed.
      onChange(await get<Device>(path));
    });
  return (
    <tr className={device.retired ? 'off' : ''} data-testid="device-row" data-device={device.id}>
      <td>
        <b>{device.id}</b>
        {'name' in device && (
          <small>
            {device.name} · {d.kinds[device.kind]}
            {device.frigateName && ` · ${device.frigateName}`}
          </small>
        )}
        {fault && (
          <small className="c-serious" role="alert">
            {fault}
          </small>
        )}
      </td>
      <td>{owner}</td>
      <td className="acts">
        {!device.retired && (
          <>
            {'truckId' in device && (
              <button className="chip" disabled={busy} onClick={() => onReplace(device)} data-testid="replace">
                {d.replace}
              </button>
            )}
            <Popconfirm title={d.rotateWhy} okText={d.rotate} cancelText={t.cancel} onConfirm={rotate}>
              <button className="chip" disabled={busy} data-testid="rotate">
                {d.rotate}
              </button>
            </Popconfirm>
            <Popconfirm title={d.retireSure(device.id)} okText={d.retire} cancelText={t.cancel} onConfirm={retire}>
              <button className="chip danger" disabled={busy} data-testid="retire">
                {d.retire}
              </button>
            </Popconfirm>
          </>
        )}
      </td>
    </tr>
  );
}
