import type { Period, Ranked } from '@muckwatch/contract';
import { useState } from 'react';
import { Empty } from '../app/Parts.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { haulsLink, rowsLink } from './links.js';
import { numberWords } from './numbers.js';

const SHORT = 8;

/** Companies or sites, the worst first; each number leads to its rows. */
export function Ranking({ title, rows, by, period }: { title: string; rows: Ranked[]; by: 'company' | 'site'; period: Period }) {
  const t = useWords();
  const zone = useZone();
  const [all, setAll] = useState(false);
  const names = t.cityPage.rank;
  const per100 = (share: number | null, count: number) =>
    share !== null ? numberWords(share) : count > 0 ? <span className="c-serious">{t.cityPage.noLoads}</span> : '—';
  return (
    <section className="city-ranking">
      <h2>
        {title} <small>{t.cityPage.rankHint}</small>
      </h2>
      {rows.length === 0 ? (
        <Empty title={t.cityPage.ranksNone} why={t.cityPage.ranksNoneWhy} />
      ) : (
        <div className="city-table">
          <table className="rows" data-testid={`ranking-${by}`}>
            <thead>
              <tr>
                <th>{names.name}</th>
                {(['spiltPer100', 'confirmedPer100', 'spilt', 'confirmed', 'alerts', 'loads', 'volume'] as const).map((name) => (
                  <th key={name} className="n">
                    {names[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(all ? rows : rows.slice(0, SHORT)).map((row) => (
                <tr key={row.id}>
                  <td>
                    <b>{row.name}</b>
                  </td>
                  <td className={`n ${row.spilt > 0 ? 'c-critical' : ''}`} data-name={names.spiltPer100}>
                    {per100(row.spiltPer100, row.spilt)}
                  </td>
                  <td className="n" data-name={names.confirmedPer100}>
                    {per100(row.confirmedPer100, row.confirmed)}
                  </td>
                  <td className="n" data-name={names.spilt}>
                    <Leads to={rowsLink('alerts', period, { [by]: row.id, status: 'confirmed', rule: 'spill' })} n={row.spilt} />
                  </td>
                  <td className="n" data-name={names.confirmed}>
                    <Leads to={rowsLink('alerts', period, { [by]: row.id, status: 'confirmed' })} n={row.confirmed} />
                  </td>
                  <td className="n" data-name={names.alerts}>
                    <Leads to={rowsLink('alerts', period, { [by]: row.id })} n={row.alerts} />
                  </td>
                  <td className="n" data-name={names.loads}>
                    <Leads to={haulsLink(period, zone, serverNow(), { [by]: row.id })} n={row.loads} />
                  </td>
                  <td className="n" data-name={names.volume}>
                    <Leads to={haulsLink(period, zone, serverNow(), { [by]: row.id, ended: 'taken' })} n={row.volumeM3} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > SHORT && (
        <button className="chip city-more" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t.cityPage.fewer : t.cityPage.all(rows.length)}
        </button>
      )}
    </section>
  );
}

/** Nothing leads nowhere. */
function Leads({ to, n }: { to: string; n: number | null }) {
  return n === 0 ? '0' : <a href={to}>{numberWords(n)}</a>;
}
