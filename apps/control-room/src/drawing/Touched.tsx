import type { PlacePreview, RuleCode, Touched as Found } from '@muckwatch/contract';
import { Button, Progress } from 'antd';
import { Waiting } from '../app/Waiting.js';
import { useWords, type Words } from '../i18n/index.js';
import { stopPreview, useDrawing } from './drawingStore.js';
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
          <Button size="small" onClick={stopPreview} data-testid="look-stop">
            {d.stop}
          </Button>
        ) : (
          <Button size="small" onClick={() => void lookBack()} data-testid="look-back">
            {preview.state === 'none' ? d.look : d.again}
          </Button>
        )}
      </div>
      {preview.state === 'none' && <p className="soft">{d.what}</p>}
      {preview.state === 'reading' && <Reading found={preview.found} />}
      {preview.state === 'failed' && (
        <p className="c-serious" role="alert">
          {d.failed} {preview.words}
        </p>
      )}
      {preview.state === 'read' && <Sentences found={preview.found} />}
    </section>
  );
}

/** What was found so far stands below how far it has come. */
function Reading({ found }: { found: PlacePreview | null }) {
  const d = useWords().drawing.touched;
  return (
    <>
      {found ? <p className="soft">{d.reading}</p> : <Waiting words={d.reading} small />}
      {found && (
        <>
          <Progress percent={Math.floor((100 * found.looked.trucks) / found.looked.ofTrucks)} size="small" aria-label={d.reading} />
          <Sentences found={found} soFar />
        </>
      )}
    </>
  );
}

function Sentences({ found: { drawn, present, looked }, soFar = false }: { found: PlacePreview; soFar?: boolean }) {
  const t = useWords();
  const d = t.drawing.touched;
  const whole = looked.trucks >= looked.ofTrucks;
  const unsure = drawn.unsure + (present?.unsure ?? 0);
  return (
    // What grows every two seconds is not read out each time.
    <div role={soFar ? undefined : 'status'} data-testid={soFar ? 'touched-so-far' : 'touched-found'}>
      <ul className="touched-list">
        {sentencesOf(drawn, present, t).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {unsure > 0 && <p className="soft">{d.unsure(drawn.unsure) + (present && present.unsure !== drawn.unsure ? d.was(present.unsure) : '')}</p>}
      {present && <p className="soft">{d.legend}</p>}
      <p className={whole || soFar ? 'soft' : 'c-serious'}>
        {whole ? d.lookedAll(looked.ofTrucks) : soFar ? d.soFar(looked.trucks, looked.ofTrucks) : d.lookedSome(looked.trucks, looked.ofTrucks)}
      </p>
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
    ...(drawn.crossings + (present?.crossings ?? 0) > 0 ? [d.crossings(drawn.crossings) + was(drawn.crossings, present?.crossings)] : []),
    d.loads(drawn.loads, drawn.departed, drawn.unloaded) + was(drawn.loads, present?.loads),
    ...(rules.size === 0
      ? [d.noAlerts]
      : [...rules].map((rule) => d.alerts(t.rule[rule as RuleCode] ?? rule, of(drawn, rule)) + was(of(drawn, rule), present ? of(present, rule) : undefined))),
  ];
}
