import type { PlacePreview, RuleCode, Touched as Found } from '@muckwatch/contract';
import { Button } from 'antd';
import { Waiting } from '../app/Waiting.js';
import { useWords, type Words } from '../i18n/index.js';
import { dropPreview, useDrawing } from './drawingStore.js';
import { lookBack } from './placeSaving.js';

/** What the shape would have touched in the last seven days, asked before it is saved. */
export function Touched() {
  const t = useWords();
  const d = t.drawing.touched;
  const preview = useDrawing((s) => s.preview);
  return (
    <section className="touched" aria-label={d.title} data-testid="touched">
      <div className="touched-head">
        <h3>{d.title}</h3>
        {preview.state === 'reading' ? (
          <Button size="small" onClick={dropPreview}>
            {d.stop}
          </Button>
        ) : (
          <Button size="small" onClick={() => void lookBack()} data-testid="look-back">
            {preview.state === 'none' ? d.look : d.again}
          </Button>
        )}
      </div>
      {preview.state === 'none' && <p className="soft">{d.what}</p>}
      {preview.state === 'reading' && <Waiting words={d.reading} small />}
      {preview.state === 'failed' && (
        <p className="c-serious" role="alert">
          {d.failed} {preview.words}
        </p>
      )}
      {preview.state === 'read' && <Sentences found={preview.found} />}
    </section>
  );
}

function Sentences({ found: { drawn, present, looked } }: { found: PlacePreview }) {
  const t = useWords();
  const d = t.drawing.touched;
  const whole = looked.trucks >= looked.ofTrucks;
  return (
    <div role="status" data-testid="touched-found">
      <ul className="touched-list">
        {sentencesOf(drawn, present, t).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {present && <p className="soft">{d.legend}</p>}
      <p className={whole ? 'soft' : 'c-serious'}>{whole ? d.lookedAll(looked.ofTrucks) : d.lookedSome(looked.trucks, looked.ofTrucks)}</p>
    </div>
  );
}

/** Each with what it was for the shape in force, where there is one. */
function sentencesOf(drawn: Found, present: Found | null, t: Words): string[] {
  const d = t.drawing.touched;
  const was = (now: number, before: number | undefined) => (before === undefined || before === now ? '' : d.was(before));
  const rules = new Set([...drawn.alerts, ...(present?.alerts ?? [])].map(({ rule }) => rule));
  const of = (found: Found | null, rule: string) => found?.alerts.find((one) => one.rule === rule)?.count ?? 0;
  if (drawn.trucks + (present?.trucks ?? 0) + rules.size === 0) return [d.nothing];
  return [
    d.trucks(drawn.trucks) + was(drawn.trucks, present?.trucks),
    d.visits(drawn.visits) + was(drawn.visits, present?.visits),
    ...(drawn.passes + (present?.passes ?? 0) > 0 ? [d.passes(drawn.passes) + was(drawn.passes, present?.passes)] : []),
    d.loads(drawn.loads, drawn.departed, drawn.unloaded) + was(drawn.loads, present?.loads),
    ...(rules.size === 0
      ? [d.noAlerts]
      : [...rules].map((rule) => d.alerts(t.rule[rule as RuleCode] ?? rule, of(drawn, rule)) + was(of(drawn, rule), present ? of(present, rule) : undefined))),
  ];
}
