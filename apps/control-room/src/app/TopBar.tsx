import { UserOutlined } from '@ant-design/icons';
import type { Account } from '@muckwatch/contract';
import { Dropdown } from 'antd';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { undecidedCounts } from '../alerts/incidents.js';
import { SoundButton } from '../alerts/SoundMenu.js';
import { may, useMay } from '../auth/may.js';
import { signOut } from '../auth/session.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import { readDistricts, useDistricts } from '../people/districtStore.js';
import { useReview } from '../review/reviewStore.js';
import { controlsInOrder } from '../review/waiting.js';
import { changeRoomTheme, ROOM_THEME } from '../theme/roomTheme.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { PagesMenu } from './PagesMenu.js';
import { go, type PageName } from './router.js';
import { clockTime, shiftOf, spanWords } from './time.js';
import './topbar.css';
import { useNow } from './useNow.js';
import { part } from './part.js';

const ChangePassword = part(() => import('../auth/ChangePassword.js'));

export function TopBar({ account, page, onHelp }: { account: Account; page: PageName; onHelp: () => void }) {
  const t = useWords();
  const { language, set } = useLanguage();
  const [changing, setChanging] = useState(false);
  const zone = useZone();
  const now = useNow();
  const city = useMap((s) => s.cityName);
  const demo = useMap((s) => s.demo);

  const changeLanguage = () => set(language === 'zh' ? 'en' : 'zh');
  const menu = [
    { key: 'who', label: `${account.name} · ${t.role[account.role]} · ${account.username}`, disabled: true },
    { type: 'divider' as const },
    { key: 'keys', label: t.top.keys, onClick: onHelp },
    { key: 'language', label: t.otherLanguage, onClick: changeLanguage },
    { key: 'theme', label: ROOM_THEME === 'dark' ? t.top.light : t.top.dark, onClick: changeRoomTheme },
    { key: 'me', label: t.me.title, onClick: () => go('#/me') },
    { key: 'password', label: t.top.password, onClick: () => setChanging(true) },
    { key: 'out', label: t.top.signOut, onClick: () => void signOut() },
  ];

  return (
    <header className="top">
      <PagesMenu account={account} page={page} />
      <a className="top-name" href="#/">
        {t.name}
      </a>
      <span className="top-shift">{[city, t.shift[shiftOf(now, zone).name]].filter(Boolean).join(' · ')}</span>
      <OwnDistrict account={account} />
      {demo && (
        <span className="tag" title={t.top.demoHint}>
          {t.top.demo}
        </span>
      )}
      <Counts />
      <div className="top-right">
        {may(account, 'review') && <ReviewLink on={page === 'review'} />}
        {account.role === 'dispatcher' && (
          <a className={`top-link ${page === 'company' ? 'on' : ''}`} href={page === 'company' ? '#/' : '#/company'}>
            {t.company.menu}
          </a>
        )}
        <Pulse now={now} />
        <span className="top-clock">{clockTime(now, zone)}</span>
        <SoundButton />
        <button className="top-button top-language" onClick={changeLanguage} data-testid="language">
          {language === 'zh' ? 'EN' : '中'}
          <span className="visually-hidden">{t.otherLanguage}</span>
        </button>
        <Dropdown menu={{ items: menu }} trigger={['click']} placement="bottomRight">
          <button className="top-button" aria-label={t.top.account} data-testid="account">
            <UserOutlined />
          </button>
        </Dropdown>
      </div>
      {changing && (
        <Suspense>
          <ChangePassword onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </header>
  );
}

/** City and district level: who sees a part of the city only is told so, always. */
function OwnDistrict({ account: { districtIds } }: { account: Account }) {
  const t = useWords();
  const districts = useDistricts((s) => s.districts);
  const edit = useLive((s) => s.edits.districts);
  const narrowed = districtIds !== null;
  useEffect(() => {
    if (narrowed) void readDistricts();
  }, [narrowed, edit]);
  if (districtIds === null) return null;
  const names = districtIds.map((id) => districts.find(({ properties }) => properties.id === id)?.properties.name ?? id);
  return (
    <span className="tag top-district" title={t.top.districtHint} data-testid="own-district">
      {t.top.district(t.list(names))}
    </span>
  );
}

/** What waits for a second pair of eyes. */
function ReviewLink({ on }: { on: boolean }) {
  const t = useWords();
  const waiting = useReview((s) => s.answers.size + controlsInOrder(s.controls).waiting.length);
  return (
    <a className={`top-link top-review ${on ? 'on' : ''}`} href={on ? '#/' : '#/review'} title={t.top.reviewHint} data-testid="review-link">
      {t.top.review} {waiting > 0 && <b>{waiting}</b>}
    </a>
  );
}

/** The worst thing is the largest thing: the incidents that are undecided, by severity. */
function Counts() {
  const t = useWords();
  const alerts = useAlerts((s) => s.alerts);
  const counts = useMemo(() => undecidedCounts(alerts.values()), [alerts]);
  return (
    <div className="top-counts" data-testid="counts">
      {SEVERITIES_WORST_FIRST.map((severity) => (
        <span
          key={severity}
          className={`top-count ${counts[severity] > 0 ? `c-${severity}` : 'none'}`}
          title={t.undecidedIncidentsOf(t.severity[severity], counts[severity])}
        >
          <span aria-hidden>{SEVERITY_SHAPE[severity]}</span>
          <b>{counts[severity]}</b>
          <span>{t.severity[severity]}</span>
        </span>
      ))}
    </div>
  );
}

/** Whether the city is heard: trucks online, age of the newest report, what had to be put aside. */
function Pulse({ now }: { now: number }) {
  const t = useWords();
  const health = useLive((s) => s.health);
  const newestFixAt = useLive((s) => s.newestFixAt);
  const link = useLive((s) => s.link);
  const seesCity = useMay('see-city');
  const newest = Math.max(newestFixAt ?? 0, health?.intake.lastReportAt ? Date.parse(health.intake.lastReportAt) : 0);
  const ageMs = now - newest;
  const fresh = link !== 'live' ? 'none' : newest === 0 || ageMs > 60_000 ? 'bad' : ageMs > 15_000 ? 'warn' : '';
  const share = health && health.fleet.trucks > 0 ? health.fleet.heard / health.fleet.trucks : 1;
  return (
    <div className="top-pulse">
      <span className="top-online" title={t.top.onlineHint}>
        <i className={`dot ${health === null || link !== 'live' ? 'none' : share < 0.7 ? 'warn' : ''}`} />
        {health ? t.top.online(health.fleet.heard, health.fleet.trucks) : t.none}
      </span>
      <span className="top-newest">
        <i className={`dot ${fresh}`} />
        {newest === 0 ? t.top.newestNone : t.top.newest(t.ago(spanWords(ageMs, t)))}
      </span>
      <a className="top-quarantine" href="#/system" title={seesCity ? t.top.quarantineHint : t.system.title}>
        <i className={`dot ${!health ? 'none' : !health.database.ok || !health.broker.ok ? 'bad' : health.quarantine.last24h > 0 ? 'warn' : ''}`} />
        {seesCity ? t.top.quarantine(health?.quarantine.last24h ?? 0) : t.top.system}
      </a>
    </div>
  );
}
