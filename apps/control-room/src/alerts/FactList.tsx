import type { AlertDetail } from '@muckwatch/contract';
import { factRows } from './factRows.js';
import { useTelling } from './useTelling.js';

/** The facts that decide; a value that is cut off is read whole under the pointer. */
export function FactList({ detail, now }: { detail: AlertDetail; now: number }) {
  const telling = useTelling(now);
  return (
    <dl className="facts">
      {factRows(detail, now, telling).map(({ label, value, hot }, i) => (
        <div key={`${label}${i}`}>
          <dt title={label}>{label}</dt>
          <dd className={hot && detail.severity !== 'minor' ? `c-${detail.severity}` : ''} title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
