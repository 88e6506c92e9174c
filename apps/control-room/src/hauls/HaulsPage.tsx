import { useEffect } from 'react';
import { Parts } from '../app/Parts.js';
import { partOf } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import { readPlaces, useMap } from '../map/mapStore.js';
import './hauls.css';
import { HaulList } from './HaulList.js';
import { PlacesPart } from './PlacesPart.js';
import { addressOf, queryOf, type Sought, soughtOf } from './sought.js';
import { YardsPart } from './YardsPart.js';

const PARTS = ['list', 'places', 'yards'] as const;

/** Every load of a stretch, how much of what is permitted that makes, and how the yards keep up. */
export default function HaulsPage({ said, query }: { said: string | null; query: URLSearchParams }) {
  const t = useWords();
  const part = partOf(PARTS, said);
  const sought = soughtOf(query);
  useEffect(() => {
    if (useMap.getState().placesRead !== 'read') void readPlaces();
  }, []);
  // Other conditions are another address, but not another step back.
  const change = (next: Sought) => location.replace(addressOf(part, next));
  const kept = queryOf({ from: sought.from, to: sought.to });
  return (
    <div className="page" data-testid="hauls-page">
      <Parts title={t.hauls.title} page="hauls" parts={PARTS} part={part} names={t.hauls.parts} query={kept === '' ? '' : `?${kept}`} />
      {part === 'list' ? <HaulList sought={sought} onChange={change} /> : part === 'places' ? <PlacesPart sought={sought} onChange={change} /> : <YardsPart />}
    </div>
  );
}
