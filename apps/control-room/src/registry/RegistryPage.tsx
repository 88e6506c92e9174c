import type { Account } from '@muckwatch/contract';
import { useEffect } from 'react';
import { Empty, Parts } from '../app/Parts.js';
import { partOf } from '../app/router.js';
import { may } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { useLive } from '../live/liveStore.js';
import { readPlaces } from '../map/mapStore.js';
import { readDistricts } from '../people/districtStore.js';
import '../map/map.css';
import '../permits/permits.css';
import { readRegistry } from '../trucks/registry.js';
import { isKind, KIND, REGISTRY_PARTS } from './kinds.js';
import './registry.css';
import { ThingList } from './ThingList.js';

/** What is registered: found, looked at with its history, and by those who keep it entered, changed, retired, brought back, and imported from a file. */
export default function RegistryPage({ account, said, query }: { account: Account; said: string | null; query: URLSearchParams }) {
  const t = useWords();
  const [name, chosen = null] = (said ?? '').split('/');
  const part = partOf(REGISTRY_PARTS, name ?? null);
  const edits = useLive((s) => s.edits);
  useEffect(() => void readPlaces(), [edits.places]);
  useEffect(() => void readRegistry(true), [edits.registry]);
  useEffect(() => void readDistricts(), [edits.districts]);
  const narrowed = [account.districtIds, account.companyIds, account.placeIds].some((ids) => ids !== null);
  return (
    <div className="page" data-testid="registry-page">
      <Parts title={t.registry.title} page="registry" parts={REGISTRY_PARTS} part={part} names={t.registry.parts} />
      {isKind(part) ? (
        <ThingList
          key={`${part} ${query.get('q') ?? ''}`}
          kind={part}
          chosen={chosen === '' ? null : chosen}
          sought={query.get('q') ?? ''}
          mayKeep={may(account, KIND[part].keeps)}
          narrowed={narrowed}
        />
      ) : (
        <div className="page-body">
          <div className="sheet">
            <Empty title={t.registry.permitsTitle} why={t.registry.permitsWhy}>
              <p>
                <a href="#/permits">{t.registry.permitsGo}</a>
              </p>
            </Empty>
          </div>
        </div>
      )}
    </div>
  );
}
