import { plateWords } from '../app/plate.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { unfollow, useFollow } from './follow.js';

/** After this long without a fix the map stands still for a reason. */
const QUIET_MS = 60_000;

/** Says that the map moves by itself, and how to stop it. */
export function FollowNote() {
  const truckId = useFollow((s) => s.truckId);
  return truckId === null ? null : <Following truckId={truckId} />;
}

function Following({ truckId }: { truckId: string }) {
  const t = useWords();
  const now = useNow();
  const i = fleet.indexOf(truckId);
  const quiet = i === null || now - fleet.at[i]! > QUIET_MS;
  return (
    <div className="follow-note map-box" role="status" data-testid="following">
      <b>{t.mapTools.follow.following(i === null ? truckId : plateWords(fleet.plates[i]!))}</b>
      <span>{quiet ? t.mapTools.follow.quiet : t.mapTools.follow.how}</span>
      <button className="card-close" onClick={unfollow} aria-label={t.mapTools.follow.stop}>
        ✕
      </button>
    </div>
  );
}
