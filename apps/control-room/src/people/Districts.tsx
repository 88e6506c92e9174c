import type { DistrictFeature, ImportAnswer } from '@muckwatch/contract';
import { Button, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { del, post } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { useSend } from '../app/useSend.js';
import { useWords, type Words } from '../i18n/index.js';
import { decoded } from '../importing/importFile.js';
import { type DistrictFile, readDistrictFile } from './districtFile.js';
import { DistrictMap } from './DistrictMap.js';
import { namedDistricts, readDistricts, useDistricts } from './districtStore.js';

/** The city's districts: a list beside the map; a file is looked at on the map before it is sent. */
export function Districts() {
  const t = useWords();
  const d = t.people.districts;
  const { state, fault: readFault, districts } = useDistricts();
  const [hovered, setHovered] = useState<string | null>(null);
  const [preview, setPreview] = useState<DistrictFeature[]>([]);
  const [said, setSaid] = useState<{ words: string; bad: boolean } | null>(null);
  const { busy, fault, send } = useSend();
  const input = useRef<HTMLInputElement>(null);

  const choose = async (chosen: File) => {
    const file = readDistrictFile(decoded(await chosen.arrayBuffer()));
    setPreview(file.what === 'districts' ? file.features : []);
    setSaid(file.what === 'districts' ? null : { words: nothingWords(file, t), bad: true });
  };
  const importThem = () =>
    void send(async () => {
      const { items } = await post<ImportAnswer>('/districts/import', { type: 'FeatureCollection', features: preview });
      const count = (result: ImportAnswer['items'][number]['result']) => items.filter((item) => item.result === result).length;
      setSaid({ words: d.done(count('created'), count('changed'), count('unchanged')), bad: false });
      setPreview([]);
      await readDistricts();
    });

  return (
    <div className="districts" data-testid="districts">
      <section className="districts-side">
        <header className="districts-head">
          <p className="soft">{d.what}</p>
          <Button onClick={() => input.current?.click()} data-testid="import-districts">
            {d.import}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".json,.geojson,application/json,application/geo+json"
            aria-label={d.import}
            onChange={({ target }) => {
              const file = target.files?.[0];
              if (file) void choose(file);
              target.value = '';
            }}
            data-testid="district-file"
          />
        </header>
        {(said ?? fault) && (
          <p className={said && !said.bad ? 'districts-said' : 'districts-said c-serious'} role="status">
            {fault ?? said?.words}
          </p>
        )}
        {preview.length > 0 && (
          <div className="districts-preview">
            <p>{d.preview(preview.length)}</p>
            <p>{t.list(preview.map(({ properties }) => properties.name))}</p>
            <div className="form-acts">
              <Button type="primary" disabled={busy} onClick={importThem} data-testid="send-districts">
                {busy ? d.sending : d.send}
              </Button>
              <Button disabled={busy} onClick={() => setPreview([])}>
                {t.cancel}
              </Button>
            </div>
          </div>
        )}
        <div className="districts-list">
          <Lacking
            read={{ state, words: readFault, again: () => void readDistricts() }}
            empty={districts.length === 0 && preview.length === 0 ? { title: d.none, why: d.noneWhy } : null}
            failed={d.failed}
            what={t.people.parts.districts}
          />
          {namedDistricts(districts).map(({ id, name }) => (
            <div
              key={id}
              className={`district ${hovered === id ? 'on' : ''}`}
              onPointerEnter={() => setHovered(id)}
              onPointerLeave={() => setHovered(null)}
              data-testid="district"
              data-id={id}
            >
              <span>
                <b>{name}</b>
                <small className="soft">{id}</small>
              </span>
              <Popconfirm
                title={d.retireSure(name)}
                okText={d.retire}
                cancelText={t.cancel}
                onConfirm={() =>
                  void send(async () => {
                    await del(`/districts/${encodeURIComponent(id)}`);
                    await readDistricts();
                  })
                }
              >
                <button className="chip danger" onFocus={() => setHovered(id)}>
                  {d.retire}
                </button>
              </Popconfirm>
            </div>
          ))}
        </div>
      </section>
      <DistrictMap districts={districts} preview={preview} hovered={hovered} />
    </div>
  );
}

function nothingWords(file: Extract<DistrictFile, { what: 'nothing' }>, t: Words): string {
  const d = t.people.districts;
  return file.why === 'bad-json' ? d.badJson(file.said) : file.why === 'unnamed' ? d.unnamed(file.row) : d.nothing;
}
