import type { Doubt, EpochMs, FleetState, Haul, Report, TruckState } from '@muckwatch/domain';
import type { Reply, Sighting } from '@muckwatch/protocols';
import type { AlertDraft } from '../alerts/alert-draft.js';
import type { Contradiction } from '../alerts/alert.store.js';
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

/** So much of a quarantined message is kept. */
export const QUARANTINE_BYTES = 16_384;

export interface QuarantinedMessage {
  id: string;
  topic: string;
  source: string | null;
  reason: string;
  detail: string;
  bytes: Buffer;
}

/** A reply to a command. */
export interface LoggedReply {
  reply: Reply;
  /** As what it stands in quarantine where it answers nothing that was sent: made when it is heard, so that the same batch again is the same row. */
  asQuarantined: Omit<QuarantinedMessage, 'reason' | 'detail'>;
}

/** A truck's state to be stored. */
export interface Snapshot {
  subject: string;
  at: EpochMs;
  state: TruckState;
}

/** A truck, or a stranger's plate, that is to be judged again from a time on. */
export interface Due {
  subject: string;
  earliestAt: EpochMs;
}

/** What judging a truck again changed. New alerts, hauls and snapshots stand in the entry itself. */
export interface Rejudged {
  subject: string;
  /** Checkpoints and snapshots after this are replaced. */
  from: EpochMs;
  /** The due row as it was read; one that has changed since stays. */
  dueVersion: string;
  rewritten: AlertDraft[];
  contradicted: Contradiction[];
  /** Hauls that were none of their own. */
  lostHauls: string[];
  doubts: { report: Report; doubt: Doubt | null }[];
}

/** Everything that one packet changed, or one truck judged again. It is committed whole, then acknowledged. */
export interface Entry {
  /** Null: it came from no device. */
  packet: Packet | null;
  done: () => void;
  heardAt: EpochMs;
  /** For how long it has been on its way, by the monotonic clock. */
  receivedMs: number;
  reports: LoggedReport[];
  /** Reports stored with a doubt that has gone. */
  rehabilitated: Report[];
  sightings: LoggedSighting[];
  replies: LoggedReply[];
  due: Due[];
  rejudged: Rejudged[];
  /** The fleet rule's state after a tick. */
  fleetState: FleetState | null;
  quarantined: QuarantinedMessage[];
  snapshots: Snapshot[];
  hauls: Haul[];
  alerts: AlertDraft[];
  /** Where the trucks are now, for the map. */
  seen: TruckSeen[];
  /** Trucks it spoke of. */
  subjects: Set<string>;
}

/** What one packet changed. */
export type PacketEntry = Entry & { packet: Packet };

export function isOfPacket(entry: Entry): entry is PacketEntry {
  return entry.packet !== null;
}

export function emptyEntry<P extends Packet | null>(packet: P, done: () => void, heardAt: EpochMs): Entry & { packet: P } {
  return {
    packet,
    done,
    heardAt,
    receivedMs: performance.now(),
    reports: [],
    rehabilitated: [],
    sightings: [],
    replies: [],
    due: [],
    rejudged: [],
    fleetState: null,
    quarantined: [],
    snapshots: [],
    hauls: [],
    alerts: [],
    seen: [],
    subjects: new Set(),
  };
}
