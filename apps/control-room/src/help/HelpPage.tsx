import { KeyList } from '../app/KeysHelp.js';
import { Parts } from '../app/Parts.js';
import { partOf } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import './help.css';
import { RulesPart } from './RulesPart.js';
import { startTour } from './tourStore.js';
import { WordsPart } from './WordsPart.js';

const PARTS = ['rules', 'words', 'keys'] as const;

/** What the rules are, what the words mean, which keys there are: all from the program itself, none written twice. */
export default function HelpPage({ said, rule }: { said: string | null; rule: string | null }) {
  const t = useWords();
  const part = partOf(PARTS, said);
  return (
    <div className="page" data-testid="help-page">
      <Parts title={t.help.title} page="help" parts={PARTS} part={part} names={t.help.parts} />
      <div className="page-body">
        <div className="sheet">
          {part === 'rules' && <RulesPart chosen={rule} />}
          {part === 'words' && <WordsPart />}
          {part === 'keys' && (
            <>
              <div className="sheet-head">
                <button className="chip strong" onClick={startTour} data-testid="start-tour">
                  {t.help.tour}
                </button>
              </div>
              <section className="panel help-keys">
                <KeyList rows={t.keys.rows} />
              </section>
              <section className="panel help-keys">
                <h2>{t.playback.title}</h2>
                <KeyList rows={t.playback.keyRows} />
              </section>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
