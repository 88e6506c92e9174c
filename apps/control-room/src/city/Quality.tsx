import {
  FEW_REVIEWED,
  LATENCY,
  METRIC_IDS,
  METRICS,
  percentWords,
  type PeriodName,
  PLATFORM,
  type PrecisionAnswer,
  type QualityAnswer,
  type QualityRow,
  type RulePrecision,
} from '@muckwatch/contract';
import { useState } from 'react';
import { Empty } from '../app/Parts.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { Define } from './Define.js';
import { rowsLink } from './links.js';
import { numberWords } from './numbers.js';
import { PeriodChips } from './PeriodChips.js';
import { Stale } from './Stale.js';
import { useFresh } from './useFresh.js';

const EVERY_MS = 120_000;
const SHORT = 10;
const OF_ROWS = ['online', 'complete', 'valid', 'drift', 'late', 'sensorUnknown'] as const;
type Metric = (typeof OF_ROWS)[number];
/** A terminal that is told of was online. */
const OF_TERMINALS = ['complete', 'valid', 'drift', 'late', 'sensorUnknown'] as const;

/** How right the rules were, and how good the data are that they rest on. */
export function Quality() {
  const t = useWords();
  const [period, choose] = useState<PeriodName>('month');
  return (
    <>
      <div className="sheet-head">
        <PeriodChips period={period} choose={choose} />
      </div>
      <Precision period={period} />
      <h2 className="city-title">
        {t.cityPage.quality} <small>{t.cityPage.qualityHint}</small>
      </h2>
      <Data period={period} />
    </>
  );
}

function Precision({ period }: { period: PeriodName }) {
  const t = useWords();
  const read = useFresh<PrecisionAnswer>(`/stats/precision?period=${period}`, EVERY_MS);
  return (
    <>
      <h2 className="city-title">
        {t.cityPage.precision} <small>{t.cityPage.precisionHint}</small>
      </h2>
      <Stale read={read} />
      {read.answer?.items.length === 0 && <Empty title={t.cityPage.precisionNone} why={t.cityPage.precisionNoneWhy} />}
      {read.answer && read.answer.items.length > 0 && (
        <ul className="city-precisions" data-testid="precisions">
          {read.answer.items.map((one) => (
            <OneRule key={one.rule} said={one} link={rowsLink('alerts', read.answer!.period, { rule: one.rule })} />
          ))}
        </ul>
      )}
    </>
  );
}

function OneRule({ said, link }: { said: RulePrecision; link: string }) {
  const t = useWords();
  const { rule, confirmed, dismissed, contradicted, undecided, precision, low, high, few, reasons } = said;
  const reviewed = confirmed + dismissed;
  return (
    <li>
      <div className="city-precision-name">
        <a href={link}>{t.rule[rule]}</a>
        <small>
          {t.cityPage.reviewed(confirmed, dismissed)}
          {undecided > 0 && ` · ${t.cityPage.undecided(undecided)}`}
          {contradicted > 0 && ` · ${t.cityPage.contradicted(contradicted)}`}
        </small>
      </div>
      <div className={`city-precision-bar ${few ? 'few' : ''}`} aria-hidden>
        {low !== null && high !== null && precision !== null && (
          <>
            <i style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
            <b style={{ left: `${precision * 100}%` }} />
          </>
        )}
      </div>
      <div className="city-precision-share">
        {precision === null || low === null || high === null ? (
          <span className="soft">{t.cityPage.noneReviewed}</span>
        ) : (
          <>
            <b className={few ? 'soft' : ''}>{percentWords(precision)}</b> <small>{t.cityPage.interval(percentWords(low), percentWords(high))}</small>
          </>
        )}
      </div>
      {(few || reasons.length > 0) && (
        <p>
          {few && reviewed > 0 && <span className="c-serious">{t.cityPage.few(reviewed, FEW_REVIEWED)} </span>}
          {reasons.length > 0 && <span>{t.labelled(t.cityPage.reasons, t.list(reasons.map(({ reason, count }) => t.cityPage.reason(reason, count))))}</span>}
        </p>
      )}
    </li>
  );
}

function Data({ period }: { period: PeriodName }) {
  const t = useWords();
  const language = useLanguage((s) => s.language);
  const zone = useZone();
  const now = useNow();
  const read = useFresh<QualityAnswer>(`/stats/quality?period=${period}`, EVERY_MS);
  const said = read.answer;
  const { city, platform } = said ?? {};
  return (
    <>
      <Stale read={read} />
      {said && city && platform && (
        <>
          <p className="city-about">
            {said.until === null ? t.cityPage.countedNone : t.cityPage.countedUntil(timeWords(Date.parse(said.until), now, zone, t))}
          </p>
          <ul className="city-tiles" data-testid="quality-tiles">
            {METRIC_IDS.map((id) => {
              const { n, d, share } = city.metrics[id];
              const unit = METRICS[id].unit[language];
              return (
                <li key={id} className="city-tile">
                  <h2>
                    {METRICS[id][language].name} <Define of={METRICS[id]} n={numberWords(n)} d={numberWords(d)} />
                  </h2>
                  <span className="city-value">
                    <b>{percentWords(share)}</b>
                  </span>
                  <p>
                    {numberWords(n)} / {numberWords(d)} {unit}
                    {METRICS[id].ours && ` · ${t.cityPage.ours}`}
                  </p>
                </li>
              );
            })}
            <li className="city-tile">
              <h2>
                {PLATFORM[language].name} <Define of={PLATFORM} n={numberWords(platform.n)} d={numberWords(platform.d)} />
              </h2>
              <span className="city-value">
                <b>{percentWords(platform.share)}</b>
              </span>
              <p>
                {numberWords(platform.n)} / {numberWords(platform.d)} {PLATFORM.unit[language]} · {t.cityPage.ours}
              </p>
            </li>
            <li className="city-tile wide">
              <h2>
                {LATENCY[language].name} <Define of={LATENCY} d={numberWords(city.reports - city.buffered)} />
              </h2>
              <span className="city-value">
                <b>{latencyWords(city, t.cityPage)}</b>
              </span>
              <p>
                {t.cityPage.buffered(numberWords(city.buffered))} · {t.cityPage.ours}
              </p>
            </li>
          </ul>
          <QualityTable title={t.cityPage.ofCompanies} name={t.cityPage.company} rows={said.companies} metrics={OF_ROWS} id="companies" />
          <QualityTable title={t.cityPage.ofTerminals} name={t.cityPage.terminal} rows={said.terminals} metrics={OF_TERMINALS} id="terminals" />
        </>
      )}
    </>
  );
}

function latencyWords(
  { latencyP50S, latencyP95S }: QualityRow,
  words: { latencyNone: string; latencyWords: (p50: string, p95: string) => string; seconds: (n: number) => string },
) {
  if (latencyP50S === null || latencyP95S === null) return words.latencyNone;
  return words.latencyWords(words.seconds(latencyP50S), words.seconds(latencyP95S));
}

function QualityTable({ title, name, rows, metrics, id }: { title: string; name: string; rows: QualityRow[]; metrics: readonly Metric[]; id: string }) {
  const t = useWords();
  const language = useLanguage((s) => s.language);
  const [all, setAll] = useState(false);
  return (
    <section className="city-ranking">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <Empty title={t.cityPage.qualityNone} why={t.cityPage.qualityNoneWhy} />
      ) : (
        <div className="city-table">
          <table className="rows" data-testid={`quality-${id}`}>
            <thead>
              <tr>
                <th>{name}</th>
                {metrics.map((metric) => (
                  <th key={metric} className="n">
                    {METRICS[metric][language].name}
                  </th>
                ))}
                <th className="n">{t.cityPage.latency} P95</th>
              </tr>
            </thead>
            <tbody>
              {(all ? rows : rows.slice(0, SHORT)).map((row) => (
                <tr key={row.id}>
                  <td>
                    <b>{row.name}</b>
                    {row.company !== null && (
                      <small>
                        {row.id} · {row.company}
                      </small>
                    )}
                  </td>
                  {metrics.map((metric) => {
                    const { n, d, share } = row.metrics[metric];
                    return (
                      <td
                        key={metric}
                        className={`n ${isPoor(metric, share) ? 'c-serious' : ''}`}
                        data-name={METRICS[metric][language].name}
                        title={`${numberWords(n)} / ${numberWords(d)}`}
                      >
                        {percentWords(share)}
                      </td>
                    );
                  })}
                  <td className="n" data-name={`${t.cityPage.latency} P95`}>
                    {row.latencyP95S === null ? '—' : `≤ ${t.cityPage.seconds(row.latencyP95S)}`}
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

/** Worth a look: a tenth and more is missing. */
function isPoor(metric: Metric, share: number | null): boolean {
  return share !== null && (METRICS[metric].lowIsGood ? share > 0.1 : share < 0.9);
}
