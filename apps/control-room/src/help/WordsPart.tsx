import { useState } from 'react';
import { Empty } from '../app/Parts.js';
import { useWords } from '../i18n/index.js';
import { FindField } from './FindField.js';
import { matches } from './find.js';
import { GLOSSARY } from './glossary.js';

/** Each word in both languages, the reader's own first. */
export function WordsPart() {
  const t = useWords();
  const [typed, setTyped] = useState('');
  const [own, other] = t.code === 'zh-CN' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  const shown = GLOSSARY.filter(({ zh, en, means }) => matches(typed, [zh, en, means.zh, means.en]));
  return (
    <>
      <div className="sheet-head">
        <p>{t.help.wordsWhat}</p>
        <FindField typed={typed} onChange={setTyped} words={t.help.findWords} />
      </div>
      {shown.length === 0 ? (
        <Empty title={t.help.noneFound} why={t.help.noneFoundWhy} />
      ) : (
        <dl className="panel help-words">
          {shown.map((term) => (
            <div key={term.en} data-testid="help-word">
              <dt>
                {term[own]} <small lang={other === 'zh' ? 'zh-CN' : 'en'}>{term[other]}</small>
              </dt>
              <dd>{term.means[own]}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
