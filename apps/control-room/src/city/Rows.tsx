import type { Alert, Notice } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { get, getAll, featuresOf, isAbort, wordsOf } from '../app/api.js';
import { placeWords } from '../alerts/IncidentRow.js';
import { Lacking } from '../app/Parts.js';
import { plateWords } from '../app/plate.js';
import { useRoute } from '../app/router.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import type { RowsOf } from './links.js';

const MOST = 500;
const FILTERS = ['rule', 'company', 'site', 'status', 'ended', 'orders', 'from', 'to'] as const;

type PlaceRow = { id: string; name: string; kind: string; validFrom?: string | null; validTo?: string | null };
type Found = { of: 'alerts'; rows: Alert[] } | { of: 'notices'; rows: Notice[] } | { of: 'places'; rows: PlaceRow[] };
type Read = { state: 'reading' } | { state: 'failed'; words: string } | { state: 'read'; found: Found; more: boolean };

/** The rows that were counted. */
export function Rows() {
  const t = useWords();
  const language = useLanguage((s) => s.language);
  const { query } = useRoute();
  const of = asRowsOf(query.get('of'));
  const asked = query.toString();
  const [tries, setTries] = useState(0);
  const [known, setKnown] = useState<{ asked: string; read: Read } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    readRows(of, new URLSearchParams(asked), abort.signal).then(
      ({ found, more }) => setKnown({ asked, read: { state: 'read', found, more } }),
      (error: unknown) => {
        if (!isAbort(error)) setKnown({ asked, read: { state: 'failed', words: wordsOf(error) } });
      },
    );
    return () => abort.abort();
  }, [of, asked, tries]);
  const read: Read = known?.asked === asked ? known.read : { state: 'reading' };
  const again = () => {
    setKnown(null);
    setTries((n) => n + 1);
  };
  const rules = (query.get('rule') ?? '').split(',').filter(Boolean);
  return (
    <section data-testid="city-rows">
      <div className="sheet-head">
        <button className="chip" onClick={() => history.back()}>
          ← {t.cityPage.rowsBack}
        </button>
        <h2 className="city-title">{t.cityPage.rowsTitle[of]}</h2>
        <p>
          <About found={read.state === 'read' ? read.found : null} />
          {read.state === 'read' && ` · ${read.more ? t.cityPage.rowsMore(MOST) : t.cityPage.rowsCount(read.found.rows.length)}`}
          {of === 'alerts' && ` · ${t.cityPage.rowsContradicted}`}
        </p>
        {of !== 'places' && rules.length < 2 && (
          <a className="chip" href={`/api/v1/exports/${of}?${filters(query, of, rules[0]).toString()}&language=${language}`} download>
            {t.cityPage.csv}
          </a>
        )}
      </div>
      {read.state === 'read' && read.found.rows.length > 0 ? (
        <Table found={read.found} />
      ) : (
        <Lacking
          read={{ state: read.state, words: read.state === 'failed' ? read.words : null, again }}
          empty={{ title: t.cityPage.rowsNone, why: t.cityPage.rowsNoneWhy }}
          failed={t.cityPage.rowsFailed}
          what={t.cityPage.rowsTitle[of]}
        />
      )}
    </section>
  );
}

function About({ found }: { found: Found | null }) {
  const t = useWords();
  const places = useMap((s) => s.places);
  const zone = useZone();
  const now = useNow();
  const { query } = useRoute();
  const time = (name: string) => {
    const at = Date.parse(query.get(name) ?? '');
    return Number.isNaN(at) ? '…' : timeWords(at, now, zone, t);
  };
  const rules = (query.get('rule') ?? '').split(',').filter((rule): rule is keyof typeof t.rule => rule in t.rule);
  const [status, companyId, siteId] = [query.get('status'), query.get('company'), query.get('site')];
  const words = [
    t.cityPage.stretch(time('from'), time('to')),
    ...rules.map((rule) => t.rule[rule]),
    status !== null && status in t.status ? t.status[status as keyof typeof t.status] : null,
    query.has('ended') && t.cityPage.ended,
    query.has('orders') && t.cityPage.orders,
    companyId && (nameOfCompany(found, companyId) ?? companyId),
    siteId && (places.find(({ id }) => id === siteId)?.name ?? siteId),
  ];
  return <>{words.filter(Boolean).join(' · ')}</>;
}

/** Every row of a company names it. */
const nameOfCompany = (found: Found | null, id: string) =>
  found?.of === 'alerts' ? found.rows.find(({ company }) => company?.id === id)?.company?.name : undefined;

function Table({ found }: { found: Found }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const time = (at: string) => timeWords(Date.parse(at), now, zone, t);
  const plate = (said: string | null) => (said === null ? t.cityPage.unknownPlate : plateWords(said));
  const [heads, rows] = tableOf();
  return (
    <table className="rows" data-testid="behind">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>{rows}</tbody>
    </table>
  );

  function tableOf(): [string[], React.ReactNode[]] {
    const { cityPage } = t;
    switch (found.of) {
      case 'alerts':
        return [
          [cityPage.plate, cityPage.rule, cityPage.time, cityPage.place, cityPage.company, cityPage.status],
          found.rows.map((alert) => (
            <tr key={alert.id}>
              <td>
                <a href={`#/alert/${encodeURIComponent(alert.id)}`}>{plate(alert.truck.plate)}</a>
              </td>
              <td className={`c-${alert.severity}`}>{t.rule[alert.rule]}</td>
              <td>{time(alert.began)}</td>
              <td>{placeWords(alert, t)}</td>
              <td>{alert.company?.name}</td>
              <td>{t.status[alert.status]}</td>
            </tr>
          )),
        ];
      case 'notices':
        return [
          [cityPage.number, cityPage.rule, cityPage.time, cityPage.plate, cityPage.recipient, cityPage.status],
          found.rows.map((notice) => (
            <tr key={notice.id}>
              <td>
                <a href={`#/notice/${encodeURIComponent(notice.id)}`}>{notice.number}</a>
              </td>
              <td>{notice.kind in t.rule ? t.rule[notice.kind as keyof typeof t.rule] : notice.kind}</td>
              <td>{time(notice.openedAt)}</td>
              <td>{notice.truck.plate === null ? '' : plateWords(notice.truck.plate)}</td>
              <td>{notice.recipient.name}</td>
              <td>{t.notices.status[notice.status]}</td>
            </tr>
          )),
        ];
      case 'places':
        return [
          [cityPage.rank.name, cityPage.place],
          found.rows.map((place) => (
            <tr key={place.id}>
              <td>
                <b>{place.name}</b>
              </td>
              <td>{place.kind in t.place ? t.place[place.kind as keyof typeof t.place] : place.kind}</td>
            </tr>
          )),
        ];
    }
  }
}

async function readRows(of: RowsOf, query: URLSearchParams, signal: AbortSignal): Promise<{ found: Found; more: boolean }> {
  if (of === 'places') {
    const kind = query.get('kind');
    const at = Date.parse(query.get('to') ?? '');
    const features = await getAll<{ properties: PlaceRow }>('/places', featuresOf, 50, signal);
    return { found: { of, rows: features.map(({ properties }) => properties).filter((place) => place.kind === kind && inForce(place, at)) }, more: false };
  }
  const rules = (query.get('rule') ?? '').split(',');
  const pages = await Promise.all(
    rules.map((rule) => get<{ items: never[]; nextCursor: string | null }>(`/${of}?${filters(query, of, rule).toString()}&limit=${MOST}`, signal)),
  );
  const rows = pages.flatMap(({ items }) => items);
  return { found: { of, rows }, more: pages.some(({ nextCursor }) => nextCursor !== null) };
}

/** As the figure counts them: at the end of the period. */
const inForce = ({ validFrom, validTo }: PlaceRow, at: number) => (!validFrom || Date.parse(validFrom) <= at) && (!validTo || Date.parse(validTo) > at);

/** As the server's lists name them. */
function filters(query: URLSearchParams, of: RowsOf, rule = ''): URLSearchParams {
  const said = new URLSearchParams(of === 'alerts' ? { contradicted: 'false' } : {});
  for (const name of FILTERS) {
    const value = name === 'rule' ? rule : query.get(name);
    if (value) said.set(name, value);
  }
  return said;
}

const asRowsOf = (said: string | null): RowsOf => (said === 'notices' || said === 'places' ? said : 'alerts');
