import type { Clocks } from '@muckwatch/contract';
import { spanWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import { clockOf } from './sensors.js';

/** By how much the terminal's clock seems to be off; nothing where it was not heard in the last hour. */
export function TruckClock({ truckId }: { truckId: string }) {
  const t = useWords();
  const read = useRead<Clocks>('/quality/clocks');
  if (read.state !== 'read') return null;
  const item = read.answer.items.find((one) => one.kind === 'terminal' && one.truckId === truckId);
  if (!item) return <p className="card-note">{t.sensors.clockUnknown}</p>;
  const says = clockOf(item.offsetMs);
  return (
    <p className="card-note" title={t.sensors.clockHint(item.samples)} data-testid="clock">
      {t.sensors.clock} {says.clock === 'right' ? t.sensors.clockRight : t.sensors.clockOff[says.clock](spanWords(says.byMs, t))}
    </p>
  );
}
