import { useState } from 'react';
import { useLanguage, useWords } from '../i18n/index.js';
import { serverNow } from '../live/liveStore.js';

const WHAT = ['alerts', 'hauls', 'notices'] as const;
const DAYS = [1, 7, 30] as const;

/** The company's own records as CSV: links, so that the browser saves them while they stream. */
export function Exports() {
  const t = useWords();
  const language = useLanguage((s) => s.language);
  const [days, setDays] = useState<number>(7);
  const from = new Date(Math.floor(serverNow() / 3_600_000) * 3_600_000 - days * 86_400_000).toISOString();
  return (
    <details className="company-exports">
      <summary className="chip">{t.company.export}</summary>
      <div className="company-exports-list">
        <span className="company-acts">
          {DAYS.map((one) => (
            <button key={one} className={`chip ${days === one ? 'on' : ''}`} aria-pressed={days === one} onClick={() => setDays(one)}>
              {t.company.exportDays(one)}
            </button>
          ))}
        </span>
        {WHAT.map((what) => (
          <a key={what} href={`/api/v1/exports/${what}?language=${language}&from=${encodeURIComponent(from)}`} download data-testid={`export-${what}`}>
            {t.company.exportOf[what]}
          </a>
        ))}
      </div>
    </details>
  );
}
