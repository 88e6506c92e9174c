import type { CityOverview, PeriodName } from '@muckwatch/contract';
import { useEffect, useMemo, useState } from 'react';
import { useRules } from '../alerts/rules.js';
import { wallOf } from '../app/cityClock.js';
import { go } from '../app/router.js';
import { clockTime, shiftOf, spanWords, timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Chart } from '../chart/Chart.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { hourHeat, ruleBars } from './charts.js';
import { daysBetween, strip } from './hours.js';
import { numberWords } from './numbers.js';
import { nothingBefore } from './Overview.js';
import { Stale } from './Stale.js';
import { useFresh } from './useFresh.js';

const EVERY_MS = 15_000;
const MOST_RULES = 7;
const MOST_COMPANIES = 5;
/** More letters than these do not fit beside each other in a tile. */
const LONG = 6;

/** The city on a wall: read from five metres, so letters are a share of the screen and there are few of them. */
export function Wall() {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  // At midnight a wall of noughts would help nobody: by night it is the shift.
  const shift = shiftOf(now, zone).name;
  const read = useFresh<CityOverview>(`/stats/overview?period=${shift === 'night' ? 'night' : 'today'}`, EVERY_MS);
  const size = useLetter();
  useEffect(() => {
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && go('#/city/now');
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);
  const said = read.answer;
  return (
    <div className="wall" data-testid="wall">
      <header>
        <h1>
          {t.name} · {t.cityPage.title}
        </h1>
        <span>{t.shift[shift]}</span>
        <span>
          {wallOf(now, zone).date} <b>{clockTime(now, zone)}</b>
        </span>
        {said && <span>{t.cityPage.asOf(timeWords(Date.parse(said.at), now, zone, t))}</span>}
        <a href="#/city/now" className="wall-leave">
          {t.cityPage.leave} <kbd>Esc</kbd>
        </a>
      </header>
      <Stale read={read} />
      {said && <Numbers said={said} />}
      {said && <Pictures said={said} size={size} />}
    </div>
  );
}

function Numbers({ said }: { said: CityOverview }) {
  const t = useWords();
  const { open, alerts, loads, volumeM3, fleet, response } = said;
  const { week } = t.cityPage.against;
  const before = (n: number | null) => (nothingBefore(said) ? t.cityPage.beforeNone(week) : t.cityPage.before(week, numberWords(n)));
  const small: [title: string, value: string, unit: string, about: string][] = [
    [t.cityPage.alerts, numberWords(alerts.now), t.cityPage.unit.alerts, before(alerts.before)],
    [t.cityPage.loads, numberWords(loads.now), t.cityPage.unit.loads, before(loads.before)],
    [t.cityPage.volume, numberWords(volumeM3.now), t.cityPage.unit.m3, before(volumeM3.before)],
    [t.cityPage.heard, numberWords(fleet.heard), t.cityPage.unit.trucks, `${t.cityPage.heardOf(fleet.trucks)} · ${t.cityPage.silent(fleet.silent)}`],
    [
      t.cityPage.response,
      response.now.medianS === null ? '—' : spanWords(response.now.medianS * 1_000, t),
      '',
      t.cityPage.responseWaiting(response.now.waiting),
    ],
  ];
  return (
    <div className="wall-numbers">
      <section className="wall-open">
        <h2>{t.cityPage.open}</h2>
        <div>
          {SEVERITIES_WORST_FIRST.map((severity) => (
            <p key={severity} className={open[severity] > 0 ? `c-${severity}` : 'mute'}>
              <b>{open[severity]}</b>
              <span>
                <i aria-hidden>{SEVERITY_SHAPE[severity]}</i> {t.severity[severity]}
              </span>
            </p>
          ))}
        </div>
      </section>
      {small.map(([title, value, unit, about]) => (
        <section key={title}>
          <h2>{title}</h2>
          <p>
            <b className={value.length > LONG ? 'long' : undefined}>{value}</b> <span>{unit}</span>
          </p>
          <small>{about}</small>
        </section>
      ))}
    </div>
  );
}

function Pictures({ said, size }: { said: CityOverview; size: number }) {
  const t = useWords();
  const zone = useZone();
  const { byRule, byHour, companies, period } = said;
  const { rules } = useRules();
  const [first, last] = [wallOf(Date.parse(period.from), zone).date, wallOf(Date.parse(period.to) - 1, zone).date];
  const name = t.cityPage.periods[period.name as PeriodName];
  const bars = useMemo(
    () =>
      ruleBars(
        byRule.slice(0, MOST_RULES),
        (rule) => t.rule[rule],
        (rule) => rules.get(rule)?.severity ?? null,
        { now: name, before: t.cityPage.against.week },
        size,
      ),
    [byRule, rules, name, size, t],
  );
  const heat = useMemo(() => {
    const days = daysBetween(first, last);
    return hourHeat(strip(byHour, days), days, ({ day, hour, alerts }) => t.cityPage.hourCell(day, hour, alerts), size);
  }, [byHour, first, last, size, t]);
  const worst = companies.filter(({ alerts }) => alerts > 0).slice(0, MOST_COMPANIES);
  return (
    <div className="wall-pictures">
      <section>
        <h2>
          {t.cityPage.byRule} · {name}
        </h2>
        {byRule.length === 0 ? <p className="soft">{t.cityPage.noAlerts}</p> : <Chart option={bars} label={t.cityPage.byRule} height="100%" />}
      </section>
      <section>
        <h2>
          {t.cityPage.companies} · {name}
        </h2>
        {worst.length === 0 ? (
          <p className="soft">{t.cityPage.noAlerts}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th>{t.cityPage.rank.name}</th>
                <th>{t.cityPage.rank.spilt}</th>
                <th>{t.cityPage.rank.confirmed}</th>
                <th>{t.cityPage.rank.loads}</th>
              </tr>
            </thead>
            <tbody>
              {worst.map(({ id, name, spilt, confirmed, loads }) => (
                <tr key={id}>
                  <td>{name}</td>
                  <td className={spilt > 0 ? 'c-critical' : ''}>{spilt}</td>
                  <td>{confirmed}</td>
                  <td>{numberWords(loads)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="wall-hours">
        <h2>
          {t.cityPage.byHour} · {name}
        </h2>
        <Chart option={heat} label={t.cityPage.byHour} height="100%" />
      </section>
    </div>
  );
}

/** Pixels of a letter in the charts: 26 on a screen 1080 high. */
function useLetter(): number {
  const measure = () => Math.max(13, Math.round(Math.min(innerHeight / 1_080, innerWidth / 1_920) * 26));
  const [size, setSize] = useState(measure);
  useEffect(() => {
    const again = () => setSize(measure());
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, []);
  return size;
}
