import type { HaulPlaces, HaulTally } from '@muckwatch/contract';
import { Empty, Lacking } from '../app/Parts.js';
import { useWords, type Words } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { cubic, number, volume } from './numbers.js';
import { approvedOf, fullnessOf, sitesInOrder, yardsInOrder } from './places.js';
import { ShareBar, shareClass } from './ShareBar.js';
import { addressOf, faultOf, filterQuery, soughtOf, type Sought } from './sought.js';
import { StretchFields } from './StretchFields.js';
import { useKept } from './useKept.js';

const READ_EVERY_MS = 60_000;
const TODAY = { from: '', to: '' };

/** What is left of every permit and every yard. */
export function PlacesPart({ sought, onChange }: { sought: Sought; onChange: (sought: Sought) => void }) {
  const t = useWords();
  const p = t.hauls.places;
  const zone = useZone();
  const fault = faultOf(sought, serverNow(), zone);
  const { from, to } = sought;
  const query = filterQuery({ ...soughtOf(new URLSearchParams()), from, to }, serverNow(), zone);
  const { answer, state, fault: words, again } = useKept<HaulPlaces>(fault ? null : `/hauls/places?${query.toString()}`, READ_EVERY_MS);
  return (
    <div className="page-body">
      <div className="sheet hauls-places">
        <div className="hauls-filters">
          <StretchFields sought={sought} onChange={onChange} />
        </div>
        {fault !== null && (
          <p className="c-serious" role="alert">
            {t.hauls.fault[fault]}
          </p>
        )}
        {(answer === null || state === 'failed') && fault === null && (
          <Lacking read={{ state, words, again }} empty={null} failed={p.failed} what={t.hauls.parts.places} />
        )}
        {answer && (
          <>
            <h2>{p.sites}</h2>
            {answer.sites.length === 0 ? <Empty title={p.noSites} why={p.noSitesWhy} /> : <Sites sites={answer.sites} stretch={{ from, to }} />}
            <h2>{p.yards}</h2>
            {answer.yards.length === 0 ? <Empty title={p.noYards} why={p.noYardsWhy} /> : <Yards yards={answer.yards} stretch={{ from, to }} />}
          </>
        )}
      </div>
    </div>
  );
}

type Stretch = Pick<Sought, 'from' | 'to'>;

function Sites({ sites, stretch }: { sites: HaulPlaces['sites']; stretch: Stretch }) {
  const p = useWords().hauls.places;
  return (
    <table className="rows" data-testid="haul-sites">
      <thead>
        <tr>
          <th>{p.sites}</th>
          <th title={p.approvedWhy}>{p.approved}</th>
          <th className="num">{p.remaining}</th>
          <th className="num">{p.today}</th>
          <th className="num">{p.stretch}</th>
        </tr>
      </thead>
      <tbody>
        {sitesInOrder(sites).map((site) => (
          <SiteRow key={site.id} site={site} stretch={stretch} />
        ))}
      </tbody>
    </table>
  );
}

function SiteRow({ site, stretch }: { site: HaulPlaces['sites'][number]; stretch: Stretch }) {
  const t = useWords();
  const p = t.hauls.places;
  const approved = approvedOf(site);
  const hauls = (when: Stretch) => addressOf('list', { ...when, site: site.id, ended: 'delivered' });
  return (
    <tr data-testid="haul-site" data-id={site.id}>
      <td>
        <b>{site.name}</b>
        <small>{site.permits.length === 0 && p.noPermit}</small>
      </td>
      <td className="hauls-share">
        {approved ? (
          <Used share={approved.share} hauled={approved.hauledM3} all={approved.allowedM3} tally={approved} />
        ) : (
          <span className="mute">{p.noApproved}</span>
        )}
        {(site.permits.length > 1 || !approved) && (
          <ul className="hauls-permits">
            {site.permits.map((permit) => (
              <li key={permit.id}>
                <a href={`#/permits/${encodeURIComponent(permit.id)}`}>{p.permit(permit.id)}</a> <span>{permit.company.name}</span>{' '}
                {permit.allowedM3 === null ? (
                  <span>
                    {p.hauledAll} {t.hauls.m3(volume(permit.volumeM3, permit.estimated > 0, t))}
                  </span>
                ) : (
                  <span className={shareClass((permit.volumeM3 ?? 0) / permit.allowedM3)}>
                    {p.ofAll(cubic(permit.volumeM3, t), cubic(permit.allowedM3, t))} · {p.share(percent((permit.volumeM3 ?? 0) / permit.allowedM3, t))}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="num" data-label={p.remaining}>
        {approved ? <b className={shareClass(approved.share)}>{t.hauls.m3(cubic(approved.remainingM3, t))}</b> : <span className="mute">{t.none}</span>}
        {approved && approved.overM3 > 0 && <small className="c-critical">{p.over(cubic(approved.overM3, t))}</small>}
      </td>
      <TallyCell tally={site.today} label={p.today} href={hauls(TODAY)} />
      <TallyCell tally={site.stretch} label={p.stretch} href={hauls(stretch)} />
    </tr>
  );
}

function Yards({ yards, stretch }: { yards: HaulPlaces['yards']; stretch: Stretch }) {
  const p = useWords().hauls.places;
  return (
    <table className="rows" data-testid="haul-yards">
      <thead>
        <tr>
          <th>{p.yards}</th>
          <th>{p.capacity}</th>
          <th className="num">{p.remaining}</th>
          <th className="num">{p.today}</th>
          <th className="num">{p.stretch}</th>
        </tr>
      </thead>
      <tbody>
        {yardsInOrder(yards).map((yard) => (
          <YardRow key={yard.id} yard={yard} stretch={stretch} />
        ))}
      </tbody>
    </table>
  );
}

function YardRow({ yard, stretch }: { yard: HaulPlaces['yards'][number]; stretch: Stretch }) {
  const t = useWords();
  const p = t.hauls.places;
  const full = fullnessOf(yard);
  const hauls = (when: Stretch) => addressOf('list', { ...when, yard: yard.id, ended: 'taken', by: 'unloaded' });
  return (
    <tr data-testid="haul-yard" data-id={yard.id}>
      <td>
        <b>{yard.name}</b>
      </td>
      <td className="hauls-share">
        {full !== null && yard.ever && yard.capacityM3 !== null ? (
          <Used share={full} hauled={yard.ever.volumeM3} all={yard.capacityM3} tally={yard.ever} />
        ) : yard.capacityM3 === null ? (
          <span className="mute">
            {p.noCapacity}
            {yard.ever && ` · ${p.delivered} ${t.hauls.m3(volume(yard.ever.volumeM3, yard.ever.estimated > 0, t))}`}
          </span>
        ) : (
          t.hauls.m3(cubic(yard.capacityM3, t))
        )}
      </td>
      <td className="num" data-label={p.remaining}>
        {yard.remainingM3 !== null ? (
          <b className={shareClass(full ?? 0)}>{yard.remainingM3 === 0 ? p.full : t.hauls.m3(cubic(yard.remainingM3, t))}</b>
        ) : (
          <span className="mute">{yard.capacityM3 === null ? t.none : p.hidden}</span>
        )}
      </td>
      <TallyCell tally={yard.today} label={p.today} href={hauls(TODAY)} />
      <TallyCell tally={yard.stretch} label={p.stretch} href={hauls(stretch)} />
    </tr>
  );
}

/** What has begun is not nothing. */
const percent = (share: number, t: Words): string => (share > 0 && share < 0.01 ? '< 1' : number(Math.floor(share * 100), t));

function Used({ share, hauled, all, tally }: { share: number; hauled: number | null; all: number; tally: { hauls: number; estimated: number } }) {
  const t = useWords();
  const p = t.hauls.places;
  return (
    <>
      <span className="hauls-used">
        <b>{p.ofAll(volume(hauled, tally.estimated > 0, t), cubic(all, t))}</b>
        <b className={shareClass(share)}>{p.share(percent(share, t))}</b>
      </span>
      <ShareBar share={share} />
      <small>
        {p.hauls(number(tally.hauls, t))}
        {tally.estimated > 0 && ` · ${p.estimated(number(tally.estimated, t))}`}
      </small>
    </>
  );
}

function TallyCell({ tally, label, href }: { tally: HaulTally; label: string; href: string }) {
  const t = useWords();
  const p = t.hauls.places;
  if (tally.hauls === 0) {
    return (
      <td className="num mute" data-label={label}>
        {t.hauls.m3('0')}
      </td>
    );
  }
  return (
    <td className="num" data-label={label}>
      <a href={href} title={p.showHauls} data-testid="tally">
        <b>{t.hauls.m3(volume(tally.volumeM3, tally.estimated > 0, t))}</b>
        <small>
          {p.hauls(number(tally.hauls, t))}
          {tally.estimated > 0 && ` · ${p.estimated(number(tally.estimated, t))}`}
        </small>
      </a>
    </td>
  );
}
