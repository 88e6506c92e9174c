import type { Account } from '@muckwatch/contract';
import { useEffect, useMemo, useState } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { go, partOf } from '../app/router.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useLive } from '../live/liveStore.js';
import { MapPane } from '../map/MapPane.js';
import { readNotices, useNotices } from '../notice/noticeStore.js';
import { waitsForAnswer } from '../notice/order.js';
import { readPermits, usePermits } from '../permits/permitsStore.js';
import { readRegistry, useRegistry } from '../trucks/registry.js';
import { AlertsTab } from './AlertsTab.js';
import './company.css';
import { DriversTab } from './DriversTab.js';
import { Exports } from './Exports.js';
import { NoticesTab, ObjectionsTab } from './NoticesTab.js';
import { PermitsTab } from './PermitsTab.js';
import { openIncidents, permitsLeft } from './rows.js';
import { TrucksTab, useTruckRows } from './TrucksTab.js';

const TABS = ['trucks', 'alerts', 'notices', 'objections', 'permits', 'drivers'] as const;
type Tab = (typeof TABS)[number];

/** A dispatcher's own trucks and nobody else's: the server narrows everything that is shown here. */
export default function CompanyPage({ account, said }: { account: Account; said: string | null }) {
  const tab = partOf(TABS, said);
  const t = useWords();
  const [onMap, setOnMap] = useState(false);
  const figures = useFigures();
  const companies = useRegistry((s) => s.companies);
  const trucks = useRegistry((s) => s.trucks);
  useReading();
  const names = [...companies.values()].filter(({ id }) => account.companyIds === null || account.companyIds.includes(id)).map(({ name }) => name);
  const count: Partial<Record<Tab, number>> = { alerts: figures.alerts, notices: figures.answer, permits: figures.permits };

  return (
    <div className={`company ${onMap ? 'on-map' : ''}`} data-testid="company">
      <section className="company-side" aria-label={t.company.title}>
        <header className="company-head">
          <h1>{t.company.title}</h1>
          <p className="soft">{t.company.of(trucks.size, names.length > 3 ? `${t.list(names.slice(0, 3))}…` : t.list(names))}</p>
          <Exports />
        </header>
        <div className="company-figures">
          <Figure value={figures.heard} words={t.company.figures.moving} title={t.company.figures.movingWhy} />
          <Figure value={figures.silent} words={t.company.figures.silent} tone={figures.silent > 0 ? 'warn' : ''} />
          <Figure value={figures.alerts} words={t.company.figures.alerts} tone={figures.alerts > 0 ? 'bad' : ''} />
          <Figure value={figures.answer} words={t.company.figures.answer} tone={figures.answer > 0 ? 'warn' : ''} />
          <Figure value={figures.permits} words={t.company.figures.permits} tone={figures.permits > 0 ? 'warn' : ''} />
        </div>
        <div className="company-tabs" role="tablist">
          {TABS.map((one) => (
            <button key={one} role="tab" aria-selected={tab === one} onClick={() => go(`#/company/${one}`)} data-testid={`tab-${one}`}>
              {t.company.tab[one]}
              {(count[one] ?? 0) > 0 && <b>{count[one]}</b>}
            </button>
          ))}
        </div>
        <div className="company-list" role="tabpanel" aria-label={t.company.tab[tab]} tabIndex={0}>
          {tab === 'trucks' && <TrucksTab onShow={() => setOnMap(true)} />}
          {tab === 'alerts' && <AlertsTab />}
          {tab === 'notices' && <NoticesTab />}
          {tab === 'objections' && <ObjectionsTab />}
          {tab === 'permits' && <PermitsTab />}
          {tab === 'drivers' && <DriversTab />}
        </div>
      </section>
      <div className="company-map">
        <MapPane />
      </div>
      <nav className="room-tabs" role="tablist">
        <button role="tab" aria-selected={!onMap} onClick={() => setOnMap(false)}>
          {t.company.list}
        </button>
        <button role="tab" aria-selected={onMap} onClick={() => setOnMap(true)}>
          {t.company.map}
        </button>
      </nav>
    </div>
  );
}

function Figure({ value, words, title, tone = '' }: { value: number; words: string; title?: string; tone?: '' | 'warn' | 'bad' }) {
  return (
    <div className={`company-figure ${tone}`} title={title}>
      <b>{value}</b>
      <span>{words}</span>
    </div>
  );
}

/** Read when the page opens, after a broken line, and when the server says that something was edited. */
function useReading(): void {
  const edits = useLive((s) => s.edits);
  const live = useLive((s) => s.link === 'live');
  useEffect(() => void readRegistry(true), [edits.registry]);
  useEffect(() => void readPermits(), [edits.permits]);
  useEffect(() => {
    void readNotices('scope');
  }, [live]);
}

function useFigures() {
  const rows = useTruckRows();
  const alerts = useAlerts((s) => s.alerts);
  const notices = useNotices((s) => s.notices);
  const permits = usePermits((s) => s.permits);
  const hour = Math.floor(useNow() / 3_600_000) * 3_600_000;
  return useMemo(
    () => ({
      heard: rows.filter(({ state, heardAt }) => heardAt !== null && state !== 'silent').length,
      silent: rows.filter(({ state }) => state === 'silent').length,
      alerts: openIncidents(alerts).length,
      answer: [...notices.values()].filter(({ status }) => waitsForAnswer(status)).length,
      permits: permitsLeft(permits, hour).filter(({ runsOut }) => runsOut).length,
    }),
    [rows, alerts, notices, permits, hour],
  );
}
