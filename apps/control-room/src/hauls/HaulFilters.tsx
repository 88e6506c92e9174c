import { OUTCOME_GROUPS, OUTCOMES } from '@muckwatch/contract';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { plateWords } from '../app/plate.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import { readRegistry, useRegistry } from '../trucks/registry.js';
import { filterQuery, isFiltered, refined, type Sought, unfiltered } from './sought.js';
import { StretchFields } from './StretchFields.js';

type Choice = { value: string; label: string; search?: string };
const KEYS = ['truck', 'company', 'site', 'yard', 'ended'] as const;

/** Which loads; and the same loads as a file. */
export function HaulFilters({ sought, onChange }: { sought: Sought; onChange: (sought: Sought) => void }) {
  const t = useWords();
  const places = useMap((s) => s.places);
  const { companies, trucks } = useRegistry();
  useEffect(() => void readRegistry(), []);
  const placesOf = (kind: 'site' | 'yard') => places.filter((place) => place.kind === kind).map(({ id, name }) => ({ value: id, label: name }));
  const label = { ...t.hauls, truck: t.hauls.columns.truck };
  const ends = [
    ...OUTCOMES.map((one) => ({ value: one, label: t.hauls.outcome[one] })),
    ...OUTCOME_GROUPS.map((one) => ({ value: one, label: t.hauls.groups[one] })),
  ];
  const options: Record<(typeof KEYS)[number], Choice[]> = {
    truck: [...trucks.values()].map(({ id, plate }) => ({ value: id, label: plateWords(plate), search: `${plate} ${plateWords(plate)} ${id}` })),
    company: [...companies.values()].map(({ id, name }) => ({ value: id, label: name })),
    site: placesOf('site'),
    yard: placesOf('yard'),
    ended: ends,
  };
  const [open, setOpen] = useState(false);
  return (
    <div className={`hauls-filters foldable ${open ? 'open' : ''}`}>
      <StretchFields sought={sought} onChange={onChange}>
        {/* On a phone only. */}
        <button className={`chip hauls-fold ${isFiltered(sought) ? 'on' : ''}`} aria-expanded={open} onClick={() => setOpen(!open)} data-testid="hauls-fold">
          {t.hauls.conditions} <span aria-hidden>{open ? '▴' : '▾'}</span>
        </button>
      </StretchFields>
      <label>
        <span>{t.hauls.by}</span>
        <Select<Sought['by']>
          value={sought.by}
          aria-label={t.hauls.by}
          popupMatchSelectWidth={false}
          onChange={(by) => onChange(refined(sought, { by }))}
          options={(['departed', 'unloaded'] as const).map((by) => ({ value: by, label: t.hauls.byOf[by] }))}
        />
      </label>
      <span className="hauls-break" />
      {KEYS.map((key) => (
        <label key={key}>
          <span>{label[key]}</span>
          <Select<string>
            allowClear
            value={sought[key] === '' ? undefined : sought[key]}
            placeholder={t.hauls.all}
            aria-label={label[key]}
            showSearch={{ optionFilterProp: key === 'truck' ? 'search' : 'label' }}
            popupMatchSelectWidth={false}
            onChange={(value: string | undefined) => onChange(refined(sought, { [key]: value ?? '' }))}
            options={options[key]}
            data-testid={`hauls-${key}`}
          />
        </label>
      ))}
      <div className="hauls-acts">
        {isFiltered(sought) && (
          <button className="chip" onClick={() => onChange(unfiltered(sought))} data-testid="hauls-clear">
            {t.hauls.clear}
          </button>
        )}
        <Files sought={sought} />
      </div>
    </div>
  );
}

/** Links, so that the browser saves them while they stream. */
function Files({ sought }: { sought: Sought }) {
  const t = useWords();
  const zone = useZone();
  const language = useLanguage((s) => s.language);
  const query = filterQuery(sought, serverNow(), zone);
  query.set('language', language);
  return (
    <span className="hauls-files">
      <span className="soft">{t.hauls.exports}</span>
      {(['csv', 'xlsx'] as const).map((format) => (
        <a
          key={format}
          className="chip"
          href={`/api/v1/exports/hauls?${query.toString()}&format=${format}`}
          download
          title={t.hauls[`${format}Why`]}
          data-testid={`hauls-${format}`}
        >
          {t.hauls[format]}
        </a>
      ))}
    </span>
  );
}
