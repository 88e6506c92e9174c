import type { ReactNode } from 'react';
import { cityText } from '../app/cityTime.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { QUICK, quickStretch, refined, type Sought, startOfToday } from './sought.js';
import { MomentInput } from '../app/typed.js';

/** From when until when, by a word or to the minute. */
export function StretchFields({ sought, onChange, children }: { sought: Sought; onChange: (sought: Sought) => void; children?: ReactNode }) {
  const t = useWords();
  const zone = useZone();
  const now = serverNow();
  const shown = { from: sought.from === '' ? cityText(startOfToday(now, zone), zone) : sought.from, to: sought.to };
  return (
    <>
      <div className="hauls-quick" role="group" aria-label={t.hauls.stretch}>
        {QUICK.map((quick) => {
          const { from, to } = quickStretch(quick, now, zone);
          const on = from === sought.from && to === sought.to;
          return (
            <button
              key={quick}
              className={`chip ${on ? 'strong' : ''}`}
              aria-pressed={on}
              onClick={() => onChange(refined(sought, { from, to }))}
              data-testid={`quick-${quick}`}
            >
              {t.hauls.quick[quick]}
            </button>
          );
        })}
        {children}
      </div>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span>
            {t.hauls[end]}
            {end === 'to' && sought.to === '' && ` · ${t.hauls.untilNow}`}
          </span>
          <MomentInput label={t.hauls[end]} value={shown[end]} onChange={(value) => onChange(refined(sought, { [end]: value }))} data-testid={`hauls-${end}`} />
        </label>
      ))}
    </>
  );
}
