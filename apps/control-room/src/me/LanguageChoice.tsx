import { useLanguage, useWords } from '../i18n/index.js';

export function LanguageChoice() {
  const t = useWords();
  const { language, set } = useLanguage();
  return (
    <section className="own-card">
      <h2 className="me-h">{t.me.language}</h2>
      <div className="own-chips">
        {(['zh', 'en'] as const).map((one) => (
          <button key={one} className={`own-chip ${language === one ? 'on' : ''}`} aria-pressed={language === one} onClick={() => set(one)} lang={one}>
            {one === 'zh' ? '中文' : 'English'}
          </button>
        ))}
      </div>
    </section>
  );
}
