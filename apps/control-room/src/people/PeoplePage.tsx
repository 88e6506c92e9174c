import { useEffect } from 'react';
import { Parts } from '../app/Parts.js';
import { partOf } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import { useLive } from '../live/liveStore.js';
import { readPlaces } from '../map/mapStore.js';
import '../map/map.css';
import '../permits/permits.css';
import { readRegistry } from '../trucks/registry.js';
import { Accounts } from './Accounts.js';
import { Devices } from './Devices.js';
import { Districts } from './Districts.js';
import { readDistricts } from './districtStore.js';
import './people.css';
import { Tokens } from './Tokens.js';

const PEOPLE_PARTS = ['accounts', 'districts', 'terminals', 'cameras', 'tokens'] as const;

/** The administrator's page: who may sign in and see what, and which devices may speak. */
export default function PeoplePage({ said }: { said: string | null }) {
  const part = partOf(PEOPLE_PARTS, said);
  const t = useWords();
  const edits = useLive((s) => s.edits);
  useEffect(() => void readPlaces(), [edits.places]);
  useEffect(() => void readRegistry(true), [edits.registry]);
  useEffect(() => void readDistricts(), [edits.districts]);
  return (
    <div className="page" data-testid="people-page">
      <Parts title={t.people.title} page="people" parts={PEOPLE_PARTS} part={part} names={t.people.parts} />
      <div className="page-body">
        {part === 'accounts' ? <Accounts /> : part === 'districts' ? <Districts /> : part === 'tokens' ? <Tokens /> : <Devices key={part} what={part} />}
      </div>
    </div>
  );
}
