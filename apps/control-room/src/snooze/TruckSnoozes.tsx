import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { askToSnooze } from './SnoozeDialog.js';
import { SnoozeLine } from './SnoozeLine.js';
import { useSnoozes } from './snoozes.js';

/** On a truck's card: which of its rules are snoozed, and the way to snooze one. */
export function TruckSnoozes({ truckId, plate }: { truckId: string; plate: string }) {
  const t = useWords();
  const { inForce } = useSnoozes();
  const maySnooze = useMay('decide');
  return (
    <div className="truck-snoozes">
      {inForce
        .filter((one) => one.truckId === truckId)
        .map((one) => (
          <SnoozeLine key={one.id} snooze={one} withRule />
        ))}
      {maySnooze && (
        <button className="chip" onClick={() => askToSnooze({ truckId, plate, rule: null })} data-testid="snooze-truck">
          {t.snooze.offerTruck}
        </button>
      )}
    </div>
  );
}
