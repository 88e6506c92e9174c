import { useMayOpen } from '../app/pages.js';
import { addressOf as haulsOf, quickStretch } from '../hauls/sought.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { seeTruck } from '../map/current.js';
import { hashOf } from '../playback/address.js';
import { addressOf } from './address.js';
import type { Kind, Thing } from './kinds.js';

/** Where else the thing can be looked at. */
export function ThingLinks({ kind, thing }: { kind: Kind; thing: Thing }) {
  const t = useWords();
  const l = t.registry.links;
  const zone = useZone();
  const mayReplay = useMayOpen('playback');
  const truckId = kind === 'trucks' ? thing.id : kind === 'terminals' ? String(thing.truckId) : null;
  if (kind === 'drivers') return null;
  return (
    <p className="registry-links">
      {truckId !== null && (
        <>
          <button className="chip" onClick={() => seeTruck(truckId)}>
            {l.map}
          </button>
          {mayReplay && (
            <a className="chip" href={hashOf({ trucks: [truckId] })} data-testid="registry-playback">
              {l.playback}
            </a>
          )}
          <a className="chip" href={haulsOf('list', { truck: truckId, ...quickStretch('last7d', serverNow(), zone) })} data-testid="registry-hauls">
            {l.hauls}
          </a>
        </>
      )}
      {kind === 'cameras' && (
        <a className="chip" href={`#/cameras/${encodeURIComponent(thing.id)}`}>
          {l.cameras}
        </a>
      )}
      {kind === 'companies' && (
        <>
          <a className="chip" href={addressOf('trucks', null, String(thing.name))}>
            {l.trucks}
          </a>
          <a className="chip" href={addressOf('drivers', null, String(thing.name))}>
            {l.drivers}
          </a>
        </>
      )}
    </p>
  );
}
