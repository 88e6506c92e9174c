import { useWords } from '../i18n/index.js';
import { KIND, type Kind, type Thing } from './kinds.js';
import { useCells } from './useCells.js';
import { useLabel } from './useLabel.js';

/** For whoever may only look. */
export function ThingFacts({ kind, thing }: { kind: Kind; thing: Thing }) {
  const t = useWords();
  const cellOf = useCells();
  const label = useLabel(kind);
  return (
    <dl className="registry-facts">
      {KIND[kind].fields.map((def) => (
        <div key={def.field}>
          <dt>{label(def.field)}</dt>
          <dd>{cellOf(def, thing[def.field]) || t.none}</dd>
        </div>
      ))}
    </dl>
  );
}
