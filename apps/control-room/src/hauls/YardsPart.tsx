import type { HaulYards } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import { Empty, Lacking } from '../app/Parts.js';
import { clockTime, spanWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { inOrder } from '../yard/yardRows.js';
import { number } from './numbers.js';
import { addressOf } from './sought.js';
import { useKept } from './useKept.js';

const READ_EVERY_MS = 15_000;
const MOST_ROWS = 6;
/** Longer than this a truck has waited too long for a row that nobody looks at. */
const LONG_WAIT_MS = 30 * 60_000;

type Yard = HaulYards['yards'][number];
type Waits = Yard['waits']['today'];

/** Who comes to each yard, who waits there and for how long. */
export function YardsPart() {
  const t = useWords();
  const y = t.hauls.yards;
  const zone = useZone();
  const { answer, at, state, fault, again } = useKept<HaulYards>('/hauls/yards', READ_EVERY_MS);
  return (
    <div className="page-body">
      <div className="sheet hauls-yards">
        {(answer === null || state === 'failed') && <Lacking read={{ state, words: fault, again }} empty={null} failed={y.failed} what={t.hauls.parts.yards} />}
        {answer && (
          <p className="soft hauls-age" role="status">
            {y.age(clockTime(at, zone))}
          </p>
        )}
        {answer?.yards.length === 0 && <Empty title={y.none} why={y.noneWhy} />}
        {answer && (
          <div className="yard-cards">
            {busiestFirst(answer.yards).map((yard) => (
              <Card key={yard.id} yard={yard} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

const waitingAt = ({ here }: Yard) => here.filter(({ state }) => state === 'waiting').length;
const busiestFirst = (yards: readonly Yard[]) =>
  [...yards].sort((a, b) => waitingAt(b) - waitingAt(a) || b.here.length + b.coming.length - (a.here.length + a.coming.length) || (a.name < b.name ? -1 : 1));

function Card({ yard }: { yard: Yard }) {
  const t = useWords();
  const h = t.hauls;
  const waiting = waitingAt(yard);
  const tipping = yard.here.filter(({ state }) => state === 'tipping').length;
  return (
    <section className="panel yard-card" data-testid="yard-card" data-id={yard.id} aria-label={yard.name}>
      <h2>
        <a href={addressOf('list', { yard: yard.id, by: 'unloaded' })} title={h.places.showHauls}>
          {yard.name}
        </a>
      </h2>
      <dl className="yard-counts">
        <div>
          <dt>{h.yards.waiting}</dt>
          <dd className={waiting > 5 ? 'c-serious' : ''}>{number(waiting, t)}</dd>
        </div>
        <div>
          <dt>{h.yards.tipping}</dt>
          <dd>{number(tipping, t)}</dd>
        </div>
        <div>
          <dt title={h.yards.comingWhy}>{h.yards.mayCome}</dt>
          <dd>{number(yard.coming.length, t)}</dd>
        </div>
      </dl>
      <table className="yard-waits">
        <caption title={h.yards.waitsWhy}>
          {h.yards.waits} <span className="mute">{h.yards.waitsWhy}</span>
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{h.yards.median}</th>
            <th scope="col">{h.yards.p95}</th>
          </tr>
        </thead>
        <tbody>
          <WaitRow name={h.yards.today} waits={yard.waits.today} />
          <WaitRow name={h.yards.last7d} waits={yard.waits.last7d} />
        </tbody>
      </table>
      <Hours hours={yard.hours} />
      <Here yard={yard} />
      <Coming yard={yard} />
    </section>
  );
}

function WaitRow({ name, waits }: { name: string; waits: Waits }) {
  const t = useWords();
  const y = t.hauls.yards;
  const span = (seconds: number | null) => (seconds === null ? t.none : spanWords(seconds * 1_000, t));
  return (
    <tr title={waits.arrived > 0 ? y.measured(number(waits.measured, t), number(waits.arrived, t)) : y.noneMeasured}>
      <th scope="row">
        {name}
        <small>{y.measuredShort(number(waits.measured, t), number(waits.arrived, t))}</small>
      </th>
      <td>{span(waits.medianS)}</td>
      <td>{span(waits.p95S)}</td>
    </tr>
  );
}

/** One bar an hour of the day; the hours to come are left free. */
function Hours({ hours }: { hours: readonly number[] }) {
  const t = useWords();
  const y = t.hauls.yards;
  const most = Math.max(1, ...hours);
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const said = hours.map((loads, hour) => (loads > 0 ? y.hourOf(clock(hour), number(loads, t)) : null)).filter((one) => one !== null);
  return (
    <figure className="yard-hours">
      <figcaption>
        {y.hours} <b>{number(hours.at(-1) ?? 0, t)}</b> <span className="mute">{y.perHour}</span>
      </figcaption>
      <div className="yard-bars" role="img" aria-label={`${y.hours}: ${said.length > 0 ? t.list(said) : '0'}`}>
        {Array.from({ length: Math.max(24, hours.length) }, (_, hour) => (
          <i
            key={hour}
            className={hour < hours.length ? '' : 'to-come'}
            title={hour < hours.length ? y.hourOf(clock(hour), number(hours[hour]!, t)) : undefined}
          >
            <em style={{ height: `${((hours[hour] ?? 0) / most) * 100}%` }} />
          </i>
        ))}
      </div>
      <div className="yard-axis" aria-hidden>
        <span>00</span>
        <span>06</span>
        <span>12</span>
        <span>18</span>
        <span>24</span>
      </div>
    </figure>
  );
}

function Here({ yard }: { yard: Yard }) {
  const t = useWords();
  const y = t.hauls.yards;
  const zone = useZone();
  const now = useNow();
  const rows = inOrder(yard.here);
  if (rows.length === 0) return <p className="soft yard-none">{y.nobody}</p>;
  return (
    <ul className="yard-rows">
      {rows.slice(0, MOST_ROWS).map(({ truck, company, since, state }) => {
        const waitedMs = since === null ? 0 : now - Date.parse(since);
        return (
          <li key={truck.id} data-testid="yard-truck" data-state={state}>
            <b>{plateWords(truck.plate)}</b>
            <span className={state === 'waiting' ? (waitedMs > LONG_WAIT_MS ? 'c-serious' : '') : 'soft'}>{y[state]}</span>
            <small>
              {since !== null &&
                (state === 'waiting' ? y.since(clockTime(Date.parse(since), zone), spanWords(waitedMs, t)) : y.sinceEmpty(clockTime(Date.parse(since), zone)))}
              {company && ` · ${company}`}
            </small>
          </li>
        );
      })}
      {rows.length > MOST_ROWS && <li className="soft">{y.more(rows.length - MOST_ROWS)}</li>}
    </ul>
  );
}

function Coming({ yard }: { yard: Yard }) {
  const t = useWords();
  const y = t.hauls.yards;
  const zone = useZone();
  if (yard.coming.length === 0) return <p className="soft yard-none">{y.nobodyComing}</p>;
  return (
    <ul className="yard-rows" aria-label={y.comingWhy}>
      {yard.coming.slice(0, MOST_ROWS).map((haul) => (
        <li key={haul.id} data-testid="yard-coming">
          <b>{plateWords(haul.truck.plate)}</b>
          <span className="c-minor">{y.coming}</span>
          <small>
            {y.from(haul.site?.name ?? t.hauls.unknownSite)} · {y.left(clockTime(Date.parse(haul.departedAt), zone))}
          </small>
        </li>
      ))}
      {yard.coming.length > MOST_ROWS && <li className="soft">{y.more(yard.coming.length - MOST_ROWS)}</li>}
    </ul>
  );
}
