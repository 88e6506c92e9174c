import type { Manager, ManagerList } from '@muckwatch/contract';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { get } from '../app/api.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { Field } from '../permits/Field.js';
import { managerOptions } from './managerOptions.js';

/** What is typed is looked for once the hand rests. */
const REST_MS = 250;

interface Props {
  ids: string[];
  disabled: boolean;
  wrong: string | null;
  onChange: (ids: string[]) => void;
}

/** Accounts that see and answer for the place, chosen by name among those who may be its managers. */
export function Managers({ ids, disabled, wrong, onChange }: Props) {
  const t = useWords();
  const d = t.drawing;
  const may = useMay('plan');
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<{ query: string; items: Manager[] } | null>(null);
  const [known, setKnown] = useState<ReadonlyMap<string, Manager>>(new Map());
  const [failed, setFailed] = useState(false);
  const learn = (items: Manager[]) => setKnown((before) => new Map([...before, ...items.map((one): [string, Manager] => [one.accountId, one])]));

  // What those are called who manage it already.
  const named = ids.join(',');
  useEffect(() => {
    if (!may || named === '') return;
    const abort = new AbortController();
    get<ManagerList>(`/managers?ids=${encodeURIComponent(named)}`, abort.signal).then(
      ({ items }) => learn(items),
      () => undefined,
    );
    return () => abort.abort();
  }, [may, named]);
  useEffect(() => {
    if (!may || disabled) return;
    const abort = new AbortController();
    const rest = setTimeout(() => {
      get<ManagerList>(`/managers?q=${encodeURIComponent(query.trim())}`, abort.signal).then(
        ({ items }) => {
          learn(items);
          setFound({ query, items });
          setFailed(false);
        },
        () => !abort.signal.aborted && setFailed(true),
      );
    }, REST_MS);
    return () => {
      clearTimeout(rest);
      abort.abort();
    };
  }, [may, disabled, query]);

  const reading = found?.query !== query;
  return (
    <Field label={d.managers} id="place-managers" hint={d.managersHint} wrong={wrong}>
      <Select
        id="place-managers"
        mode="multiple"
        value={ids}
        disabled={disabled}
        style={{ width: '100%' }}
        placeholder={d.managersFind}
        showSearch={{ filterOption: false, onSearch: setQuery, searchValue: query }}
        notFoundContent={failed ? d.managersFailed : reading ? d.managersReading : query.trim() === '' ? d.managersNone : d.managersNoneFound}
        options={managerOptions(ids, found?.items ?? [], known, t)}
        optionRender={({ data }) => (
          <span className="manager-option">
            <b>{data.label}</b> <small>{data.about}</small>
          </span>
        )}
        onChange={(chosen) => {
          setQuery('');
          onChange(chosen);
        }}
        data-testid="place-managers"
      />
    </Field>
  );
}
