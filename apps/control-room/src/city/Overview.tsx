import type { CityOverview, PeriodName } from '@muckwatch/contract';
import { useMemo } from 'react';
import { useRules } from '../alerts/rules.js';
import { instantOf, wallOf } from '../app/cityClock.js';
import { Empty } from '../app/Parts.js';
import { go } from '../app/router.js';
import { spanWords, timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Chart } from '../chart/Chart.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { hourHeat, ruleBars } from './charts.js';
import { type Cell, daysBetween, strip } from './hours.js';
import { haulsLink, hourOf, isMonth, rowsLink } from './links.js';
import { numberWords } from './numbers.js';
import { Ranking } from './Ranking.js';
import { Stale } from './Stale.js';
import { useFresh } from './useFresh.js';

const EVERY_MS = 30_000;
const SIZE = 13;

/** What goes on, or went on, in a period against the one before. */
export function Overview({ period }: { period: PeriodName }) {
  const t = useWords();
  const read = useFresh<CityOverview>(`/stats/overview?period=${period}`, EVERY_MS);
  const now = useNow();
  const zone = useZone();
  const { answer } = read;
  const time = (at: string) => timeWords(Date.parse(at), now, zone, t);
  return (
    <>
      <Stale read={read} />
      {answer && (
        <>
          <p className="city-about">
            {goesOn(answer) ? t.cityPage.since(time(answer.period.from)) : t.cityPage.stretch(time(answer.period.from), time(answer.period.to))} ·{' '}
            {t.cityPage.asOf(time(answer.at))}
          </p>
          <Tiles said={answer} live={period === 'today'} />
          {answer.byRule.length === 0 ? (
            <Empty title={t.cityPage.noAlerts} why={t.cityPage.noAlertsWhy} />
          ) : (
            <div className="city-charts">
              <ByRule said={answer} />
              <ByHour said={answer} />
            </div>
          )}
          <Ranking title={t.cityPage.companies} rows={answer.companies} by="company" period={answer.period} />
          <Ranking title={t.cityPage.sites} rows={answer.sites} by="site" period={answer.period} />
        </>
      )}
    </>
  );
}

const goesOn = ({ at, period }: CityOverview) => Date.parse(at) - Date.parse(period.to) < 60_000;

/** A fleet that neither hauled nor was warned of was not watched yet: nothing to be compared with. */
export const nothingBefore = ({ alerts, loads }: CityOverview): boolean => alerts.before === 0 && loads.before === 0;

function Tiles({ said, live }: { said: CityOverview; live: boolean }) {
  const t = useWords();
  const zone = useZone();
  const { open, fleet, alerts, confirmed, loads, volumeM3, estimatedLoads, response, period } = said;
  const against = t.cityPage.against[isMonth(period.name) ? 'month' : 'week'];
  const before = (value: number | null, unit: string) =>
    nothingBefore(said) ? t.cityPage.beforeNone(against) : t.cityPage.before(against, `${numberWords(value)} ${unit}`);
  const span = (s: number | null) => (s === null ? t.cityPage.responseNone : spanWords(s * 1_000, t));
  return (
    <ul className="city-tiles four">
      <li className="city-tile wide">
        <h2 title={t.cityPage.openHint}>{t.cityPage.open}</h2>
        <a href="#/" className="city-open" data-testid="open">
          {SEVERITIES_WORST_FIRST.map((severity) => (
            <span key={severity} className={open[severity] > 0 ? `c-${severity}` : 'mute'}>
              <i aria-hidden>{SEVERITY_SHAPE[severity]}</i> <b>{open[severity]}</b> <small>{t.severity[severity]}</small>
            </span>
          ))}
        </a>
      </li>
      <Tile title={t.cityPage.alerts} value={numberWords(alerts.now)} unit={t.cityPage.unit.alerts} href={rowsLink('alerts', period)} id="alerts">
        {before(alerts.before, t.cityPage.unit.alerts)}
      </Tile>
      <Tile
        title={t.cityPage.confirmed}
        value={numberWords(confirmed.now)}
        unit={t.cityPage.unit.alerts}
        href={rowsLink('alerts', period, { status: 'confirmed' })}
        id="confirmed"
      >
        {before(confirmed.before, t.cityPage.unit.alerts)}
      </Tile>
      <Tile title={t.cityPage.loads} value={numberWords(loads.now)} unit={t.cityPage.unit.loads} href={haulsLink(period, zone, serverNow())} id="loads">
        {before(loads.before, t.cityPage.unit.loads)}
      </Tile>
      <Tile
        title={t.cityPage.volume}
        value={numberWords(volumeM3.now)}
        unit={t.cityPage.unit.m3}
        href={haulsLink(period, zone, serverNow(), { ended: 'taken' })}
        id="volume"
      >
        {before(volumeM3.before, t.cityPage.unit.m3)}
        {estimatedLoads > 0 && <span> · {t.cityPage.estimated(estimatedLoads)}</span>}
      </Tile>
      {live && (
        <Tile title={t.cityPage.heard} value={numberWords(fleet.heard)} unit={t.cityPage.unit.trucks}>
          {t.cityPage.heardOf(fleet.trucks)} · <span className={fleet.silent > 0 ? 'c-serious' : ''}>{t.cityPage.silent(fleet.silent)}</span>
        </Tile>
      )}
      <Tile title={t.cityPage.response} value={span(response.now.medianS)} unit="" wide={!live}>
        {[
          response.now.p95S !== null && t.cityPage.responseP95(span(response.now.p95S)),
          response.before.medianS !== null && t.cityPage.before(against, span(response.before.medianS)),
          t.cityPage.responseWaiting(response.now.waiting),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Tile>
    </ul>
  );
}

function Tile({
  title,
  value,
  unit,
  href,
  id,
  wide = false,
  children,
}: {
  title: string;
  value: string;
  unit: string;
  href?: string;
  id?: string;
  wide?: boolean;
  children: React.ReactNode;
}) {
  const number = (
    <>
      <b>{value}</b> <small>{unit}</small>
    </>
  );
  return (
    <li className={`city-tile ${wide ? 'wide' : ''}`}>
      <h2>{title}</h2>
      {href ? (
        <a href={href} className="city-value" data-testid={`tile-${id}`}>
          {number}
        </a>
      ) : (
        <span className="city-value">{number}</span>
      )}
      <p>{children}</p>
    </li>
  );
}

function ByRule({ said }: { said: CityOverview }) {
  const t = useWords();
  const { rules } = useRules();
  const { byRule, period } = said;
  const against = t.cityPage.against[isMonth(period.name) ? 'month' : 'week'];
  const option = useMemo(
    () =>
      ruleBars(
        byRule,
        (rule) => t.rule[rule],
        (rule) => rules.get(rule)?.severity ?? null,
        { now: t.cityPage.periods[period.name as PeriodName], before: against },
        SIZE,
      ),
    [byRule, rules, period.name, against, t],
  );
  return (
    <section className="panel">
      <h2>
        {t.cityPage.byRule}{' '}
        <small className="city-key">
          <i className="now" aria-hidden /> {t.cityPage.periods[period.name as PeriodName]} <i className="before" aria-hidden /> {against}
        </small>
      </h2>
      <Chart
        option={option}
        label={t.cityPage.byRule}
        height={byRule.length * 38 + 8}
        onPick={(index) => go(rowsLink('alerts', period, { rule: byRule[index]!.rule }))}
      />
      <details className="city-numbers">
        <summary>{t.cityPage.numbers}</summary>
        <ul>
          {byRule.map(({ rule, now, before }) => (
            <li key={rule}>
              <a href={rowsLink('alerts', period, { rule })}>{t.rule[rule]}</a> <b>{now}</b> <small>{t.cityPage.before(against, String(before))}</small>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function ByHour({ said }: { said: CityOverview }) {
  const t = useWords();
  const zone = useZone();
  const { byHour, period } = said;
  const [first, last] = [wallOf(Date.parse(period.from), zone).date, wallOf(Date.parse(period.to) - 1, zone).date];
  const [cells, option, rows] = useMemo(() => {
    const days = daysBetween(first, last);
    const all = strip(byHour, days);
    return [all, hourHeat(all, days, ({ day, hour, alerts }) => t.cityPage.hourCell(day, hour, alerts), SIZE), days.length];
  }, [byHour, first, last, t]);
  const link = ({ day, hour }: Cell) => {
    const began = instantOf({ date: day, clock: `${String(hour).padStart(2, '0')}:00` }, zone);
    return began === null ? null : rowsLink('alerts', hourOf(period, began));
  };
  const pick = (cell: Cell) => {
    const to = cell.alerts > 0 ? link(cell) : null;
    if (to) go(to);
  };
  return (
    <section className="panel">
      <h2>
        {t.cityPage.byHour} <small>{t.cityPage.byHourHint}</small>
      </h2>
      <Chart option={option} label={t.cityPage.byHour} height={rows <= 2 ? rows * 44 + 28 : rows * 18 + 28} onPick={(index) => pick(cells[index]!)} />
      <details className="city-numbers">
        <summary>{t.cityPage.numbers}</summary>
        <ul>
          {byHour.map((cell) => (
            <li key={`${cell.day} ${cell.hour}`}>
              <a href={link(cell) ?? '#/city'}>{t.cityPage.hourCell(cell.day, cell.hour, cell.alerts)}</a>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
