import { type Figure, FIGURES, type FiguresAnswer, type Period, type PeriodName, percentWords, type ReportPage } from '@muckwatch/contract';
import { useState } from 'react';
import { Empty } from '../app/Parts.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useMay } from '../auth/may.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { Sending } from '../reports/Sending.js';
import { Define } from './Define.js';
import { haulsLink, rowsLink } from './links.js';
import { numberWords } from './numbers.js';
import { PeriodChips } from './PeriodChips.js';
import { Stale } from './Stale.js';
import { useFresh } from './useFresh.js';
import { weekOf } from './weeks.js';

const EVERY_MS = 120_000;

/** What leadership reports: each number with what it is a share of, what it means, and the rows behind it. */
export function Figures() {
  const t = useWords();
  const [period, choose] = useState<PeriodName>('month');
  const read = useFresh<FiguresAnswer>(`/stats/figures?period=${period}`, EVERY_MS);
  return (
    <>
      <div className="sheet-head">
        <PeriodChips period={period} choose={choose} />
        <p>{t.cityPage.figuresHint}</p>
      </div>
      <Stale read={read} />
      {read.answer && (
        <ul className="city-figures" data-testid="figures">
          {read.answer.items.map((one) => (
            <OneFigure key={one.id} said={one} period={read.answer!.period} />
          ))}
        </ul>
      )}
      <Reports />
    </>
  );
}

/** The rows that a figure's value counts. */
const LINK: Record<Figure['id'], (period: Period, zone: string) => string> = {
  sites: (period) => rowsLink('places', period, { kind: 'site' }),
  lots: (period) => rowsLink('places', period, { kind: 'parking-lot' }),
  rectified: (period) => rowsLink('notices', period, { orders: 'true' }),
  cleared: (period) => rowsLink('alerts', period, { status: 'confirmed', rule: 'spill,illegal-dumping', ended: 'true' }),
  volume: (period, zone) => haulsLink(period, zone, serverNow(), { ended: 'taken' }),
};

function OneFigure({ said, period }: { said: Figure; period: Period }) {
  const t = useWords();
  const language = useLanguage((s) => s.language);
  const zone = useZone();
  const { id, value, numerator, denominator, share, estimated } = said;
  const definition = FIGURES[id];
  const words = definition[language];
  const seesNotices = useMay('see-notices');
  const number = (
    <>
      <b>{numberWords(value)}</b> <small>{definition.unit[language]}</small>
    </>
  );
  return (
    <li className="panel" data-testid={`figure-${id}`}>
      <h2>
        {words.name} <Define of={definition} n={numberWords(numerator)} d={numberWords(denominator)} />
      </h2>
      {id === 'rectified' && !seesNotices ? (
        <span className="city-value" title={t.cityPage.noticesNotYours}>
          {number}
        </span>
      ) : (
        <a href={LINK[id](period, zone)} className="city-value" title={t.cityPage.rowsBehind}>
          {number}
        </a>
      )}
      <p>
        {numberWords(numerator)} / {numberWords(denominator)} · {percentWords(share)}
      </p>
      <p className="mute">
        {words.numerator} / {words.denominator}
      </p>
      {estimated !== null && estimated > 0 && <p className="c-serious">{t.cityPage.estimated(estimated)}</p>}
    </li>
  );
}

function Reports() {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const read = useFresh<ReportPage>('/reports', EVERY_MS);
  const at = serverNow();
  const [current, last] = [weekOf(at, zone), weekOf(at, zone, -1)];
  const made = read.answer?.items ?? [];
  return (
    <section className="city-ranking">
      <h2>
        {t.cityPage.reports} <small>{t.cityPage.reportsHint}</small>
      </h2>
      <Sending />
      <ul className="city-reports">
        <Report name={`${t.cityPage.thisWeek} · ${current}`} week={current} />
        {!made.some(({ week }) => week === last) && <Report name={`${t.cityPage.lastWeek} · ${last}`} week={last} />}
        {made.map(({ week, madeAt }) => (
          <Report key={week} name={t.cityPage.reportOf(week)} week={week} about={t.cityPage.madeAt(timeWords(Date.parse(madeAt), now, zone, t))} />
        ))}
      </ul>
      <Stale read={read} />
      {read.answer && made.length === 0 && <Empty title={t.cityPage.reportsNone} why={t.cityPage.reportsNoneWhy} />}
    </section>
  );
}

function Report({ name, week, about }: { name: string; week: string; about?: string }) {
  const t = useWords();
  const href = (format: string) => `/api/v1/reports/weekly?week=${week}&format=${format}`;
  return (
    <li>
      <span>
        <b>{name}</b> {about && <small>{about}</small>}
      </span>
      <span>
        <a className="chip" href={href('pdf')} target="_blank" rel="noreferrer" aria-label={`${name} ${t.cityPage.pdf}`} data-testid={`pdf-${week}`}>
          {t.cityPage.pdf}
        </a>{' '}
        <a className="chip" href={href('xlsx')} download aria-label={`${name} ${t.cityPage.xlsx}`}>
          {t.cityPage.xlsx}
        </a>
      </span>
    </li>
  );
}
