import type { EpochMs, Haul, Report, TruckState } from '@muckwatch/domain';
import type { Sighting } from '@muckwatch/protocols';
import type { AlertDraft } from '../alerts/alert-draft.js';
import type { TruckSeen } from '../live/board.js';
import type { Packet } from '../mqtt/mqtt-link.js';

/** A report as it goes to the log. */
export interface LoggedReport {
  report: Report;
  truckId: string;
  late: boolean;
  doubt: string | null;
}

/** A sighting as it goes to the log. */
export interface LoggedSighting {
  /** Its camera is a registered one. */
  sighting: Sighting;
  /** The registered truck that its plate named then; null where it names none. */
  truckId: string | null;
  /** Its plate as plates are compared; null where none was readable. */
  plateKey: string | null;
}

export interface QuarantinedMessage {
  id: string;
  topic: string;
  source: string | null;
  reason: string;
  detail: string;
  bytes: Buffer;
}

/** A truck's state to be stored. */
export interface Snapshot {
  subject: string;
  at: EpochMs;
  state: TruckState;
}

/** Everything that one packet changed. It is committed whole, then acknowledged. */
export interface Entry {
  packet: Packet;
  done: () => void;
  heardAt: EpochMs;
  /** For how long it has been on its way, by the monotonic clock. */
  receivedMs: number;
  reports: LoggedReport[];
  /** Reports stored with a doubt that has gone. */
  rehabilitated: Report[];
  sightings: LoggedSighting[];
  quarantined: QuarantinedMessage[];
  snapshots: Snapshot[];
  hauls: Haul[];
  alerts: AlertDraft[];
  /** Where the trucks are now, for the map. */
  seen: TruckSeen[];
  /** Trucks it spoke of. */
  subjects: Set<string>;
}

export function emptyEntry(packet: Packet, done: () => void, heardAt: EpochMs): Entry {
  return {
    packet,
    done,
    heardAt,
    receivedMs: performance.now(),
    reports: [],
    rehabilitated: [],
    sightings: [],
    quarantined: [],
    snapshots: [],
    hauls: [],
    alerts: [],
    seen: [],
    subjects: new Set(),
  };
}
