import { Button } from 'antd';
import '../alerts/queue.css';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { useRoutes } from '../map/routeStore.js';
import { drawRoute, openPermit, type Tab, useDesk } from './desk.js';
import { PERIODS } from './permitNow.js';
import { PermitList } from './PermitList.js';
import { RouteList } from './RouteList.js';
import { useRows } from './useRows.js';

/** The left column: permits or routes, what is looked for, and what can be made. */
export function Side({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const zone = useZone();
  const mayDraw = useMay('make-routes');
  const { tab, search, period } = useDesk();
  const { rows, counts } = useRows();
  const routes = useRoutes((s) => s.routes.length);
  const inUse = counts.active + counts['not-yet'] + counts.expired;

  return (
    <section className="permits-side" aria-label={t.permits.title}>
      <header className="permits-head">
        <div className="queue-tabs" role="tablist">
          {(['permits', 'routes'] as Tab[]).map((one) => (
            <button key={one} role="tab" aria-selected={tab === one} onClick={() => useDesk.setState({ tab: one, search: '' })} data-testid={`tab-${one}`}>
              {t.permits.tabs[one]} {one === 'routes' ? routes : inUse}
            </button>
          ))}
        </div>
        {mayChange && (
          <div className="permits-make">
            <Button onClick={() => useDesk.setState({ importing: true })} data-testid="import">
              {t.permits.import}
            </Button>
            {tab === 'permits' ? (
              <Button type="primary" onClick={() => openPermit(null, zone)} data-testid="new-permit">
                {t.permits.newPermit}
              </Button>
            ) : (
              mayDraw && (
                <Button type="primary" onClick={() => drawRoute(null, zone)} data-testid="new-route">
                  {t.permits.newRoute}
                </Button>
              )
            )}
          </div>
        )}
      </header>
      <div className="permits-find">
        <input
          id="permit-find"
          className="map-box"
          value={search}
          placeholder={t.permits.find[tab]}
          aria-label={t.permits.find[tab]}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => useDesk.setState({ search: event.target.value })}
          data-testid="permit-find"
        />
      </div>
      {tab === 'permits' && (
        <div className="queue-chips" role="group">
          <button className={`chip ${period === null ? 'on' : ''}`} aria-pressed={period === null} onClick={() => useDesk.setState({ period: null })}>
            {t.permits.all} {inUse}
          </button>
          {PERIODS.map((one) => (
            <button
              key={one}
              className={`chip ${period === one ? 'on' : ''}`}
              aria-pressed={period === one}
              onClick={() => useDesk.setState({ period: period === one ? null : one })}
              data-testid={`period-${one}`}
            >
              {t.permits.periods[one]} {counts[one]}
            </button>
          ))}
        </div>
      )}
      {tab === 'permits' ? <PermitList rows={rows} /> : <RouteList />}
      {!mayChange && <footer className="permits-foot">{t.permits.readOnly}</footer>}
      {mayChange && !mayDraw && tab === 'routes' && <footer className="permits-foot">{t.may.notOffered.route}</footer>}
    </section>
  );
}
