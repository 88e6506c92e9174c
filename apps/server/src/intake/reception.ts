import { Injectable } from '@nestjs/common';
import {
  bedRaised,
  DAY_MS,
  type EpochMs,
  MINUTE_MS,
  NEW_TRUCK,
  type PlacedFinding,
  plateKey as plateKeyOf,
  type Report,
  RULES,
  see,
  type SightingOf,
  take,
  type Truck,
  type World,
} from '@muckwatch/domain';
import { decode, type Decoded, frigateNameOf, type Reply, type Sighting, writeReport } from '@muckwatch/protocols';
import { randomUUID } from 'node:crypto';
import { type Accused, draftAlert } from '../alerts/alert-draft.js';
import { Snoozes } from '../alerts/snooze.service.js';
import { iso, now } from '../clock.js';
import { Presence } from '../downlink/presence.js';
import { FleetService } from '../fleet/fleet.service.js';
import type { TruckSeen } from '../live/board.js';
import type { Packet } from '../mqtt/mqtt-link.js';
import { Counters } from './counters.js';
import { emptyEntry, type PacketEntry } from './entry.js';
import { strangerOf } from './log.store.js';
import { RuleFaults } from './rule-faults.js';
import { type Remembered, SNAPSHOT_EVERY_MS, TruckMemory } from './truck-memory.js';

const FUTURE_MS = 2 * MINUTE_MS;
const OLDEST_MS = 30 * DAY_MS;
const NOBODY: Remembered = { state: NEW_TRUCK, snapshotAt: null, heardAt: 0 };

/** From a packet to what it changes, synchronously and in memory. Nothing a device says makes it throw. */
@Injectable()
export class Reception {
  constructor(
    private readonly fleet: FleetService,
    private readonly memory: TruckMemory,
    private readonly snoozes: Snoozes,
    private readonly counters: Counters,
    private readonly ruleFaults: RuleFaults,
    private readonly presence: Presence,
  ) {}

  receive(packet: Packet, done: () => void): PacketEntry {
    const entry = emptyEntry(packet, done, now());
    for (const decoded of decode(packet.topic, packet.payload)) this.#take(entry, decoded);
    return entry;
  }

  /** The elements of a message as entries of their own, each judged when it is asked for, on the state that is there then. */
  *elements({ packet, heardAt }: PacketEntry): Generator<PacketEntry, void, undefined> {
    for (const decoded of decode(packet.topic, packet.payload)) {
      const payload = decoded.kind === 'report' ? writeReport(decoded.report) : packet.payload;
      const element = emptyEntry({ ...packet, payload }, () => undefined, heardAt);
      this.#take(element, decoded);
      yield element;
    }
  }

  /** Puts a message aside whole, e.g. one that the database refused. */
  setAside({ packet, done, heardAt }: PacketEntry, reason: string, detail: string): PacketEntry {
    const entry = emptyEntry(packet, done, heardAt);
    this.#quarantine(entry, reason, detail, packet.payload);
    return entry;
  }

  #take(entry: PacketEntry, decoded: Decoded): void {
    switch (decoded.kind) {
      case 'report':
        return this.#report(entry, decoded.report);
      case 'sighting':
        return this.#sighting(entry, decoded.sighting);
      case 'unreadable':
        return this.#quarantine(entry, decoded.reason, decoded.detail, decoded.bytes);
      case 'reply':
        return this.#reply(entry, decoded.reply);
      case 'status':
        // Never judged. «Offline», and what a broker kept, may come from the broker.
        if (decoded.sender.kind === 'terminal') this.presence.said(decoded.sender.id, decoded.online);
        if (decoded.online && !entry.packet.retained && decoded.sender.kind === 'terminal') this.#heard(decoded.sender.id, entry.heardAt);
        return;
    }
  }

  #report(entry: PacketEntry, report: Report): void {
    const fault = timeFault(report.at, entry.heardAt);
    if (fault) return this.#quarantine(entry, fault.reason, fault.detail, bytesOf(report, entry));
    const truck = this.fleet.truckOf(report.source, report.at);
    if (!truck) return this.#quarantine(entry, 'unknown-terminal', `terminal ${report.source} is bound to no registered truck`, bytesOf(report, entry));

    const before = this.memory.get(truck.id);
    entry.subjects.add(truck.id);
    const taken = take(before.state, report, { truck, worlds: this.fleet.worlds, rules: RULES });
    this.counters.fixToReceivedMs.add(entry.heardAt - report.at);
    switch (taken.kind) {
      case 'duplicate':
        this.counters.duplicates++;
        this.memory.set(truck.id, { ...before, heardAt: entry.heardAt });
        return;
      case 'late':
        entry.reports.push({ report, truckId: truck.id, late: true, doubt: null });
        this.memory.heard(truck.id, { kind: 'report', report, doubt: null });
        this.memory.set(truck.id, { ...before, heardAt: entry.heardAt });
        return;
      case 'doubted':
        this.counters.doubted++;
        if (taken.outOfOrder) entry.due.push({ subject: truck.id, earliestAt: report.at });
        entry.reports.push({ report, truckId: truck.id, late: false, doubt: taken.doubt });
        this.memory.heard(truck.id, { kind: 'report', report, doubt: taken.doubt });
        this.memory.set(truck.id, { ...before, state: taken.state, heardAt: entry.heardAt });
        return;
      case 'believed':
        entry.reports.push({ report, truckId: truck.id, late: false, doubt: null });
        this.memory.heard(truck.id, { kind: 'report', report, doubt: null });
        entry.rehabilitated.push(...taken.rehabilitated);
        if (taken.outOfOrder) entry.due.push({ subject: truck.id, earliestAt: report.at });
        return this.#believed(entry, truck, before, taken);
    }
  }

  #believed(entry: PacketEntry, truck: Truck, before: Remembered, { state, steps }: Extract<ReturnType<typeof take>, { kind: 'believed' }>): void {
    let worthASnapshot = before.snapshotAt === null || state.last!.at - before.snapshotAt >= SNAPSHOT_EVERY_MS;
    for (const step of steps) {
      this.ruleFaults.of(truck.id, step.faults);
      for (const finding of step.findings) {
        this.#draft(entry, truck.id, truck, finding, this.fleet.worlds.at(finding.at));
        worthASnapshot ||= finding.opened || finding.ended !== null;
      }
      if (step.misjudged !== null) entry.due.push({ subject: truck.id, earliestAt: step.misjudged });
      if (step.haul) {
        entry.hauls.push(step.haul);
        worthASnapshot = true;
      }
    }
    if (worthASnapshot) entry.snapshots.push({ subject: truck.id, at: state.last!.at, state });
    this.memory.set(truck.id, { state, snapshotAt: worthASnapshot ? state.last!.at : before.snapshotAt, heardAt: entry.heardAt });
    entry.seen.push(seenOf(truck, state, entry.heardAt, this.fleet));
  }

  #sighting(entry: PacketEntry, sighting: Sighting): void {
    const fault = timeFault(sighting.at, entry.heardAt);
    if (fault) return this.#quarantine(entry, fault.reason, fault.detail, entry.packet.payload);
    const frigateName = frigateNameOf(sighting.camera);
    const camera = frigateName === null ? this.fleet.camera(sighting.camera) : this.fleet.cameraByFrigateName(frigateName);
    const { picture: _picture, snapshotUrl: _url, extra: _extra, ...seen } = sighting;
    const of = camera && this.fleet.sightingOf({ ...seen, camera: camera.id });
    if (!of) {
      const unknown =
        frigateName === null ? `camera ${sighting.camera} is not registered` : `no registered camera has the frigateName ${JSON.stringify(frigateName)}`;
      return this.#quarantine(entry, 'unknown-camera', unknown, entry.packet.payload);
    }
    this.counters.sightings++;
    const plateKey = of.subject.plate === null ? null : plateKeyOf(of.subject.plate);
    entry.sightings.push({ sighting: { ...sighting, camera: camera.id }, truckId: of.subject.truck?.id ?? null, plateKey });
    // Nobody can be named: what the camera saw stands alone, and nothing is remembered of whom it saw.
    const subject = of.subject.truck?.id ?? (plateKey === null ? null : strangerOf(plateKey));
    this.#see(entry, subject, of);
  }

  #see(entry: PacketEntry, subject: string | null, of: SightingOf): void {
    const before = subject === null ? NOBODY : this.memory.get(subject);
    const seen = see(before.state, of, RULES);
    if (subject !== null) {
      entry.subjects.add(subject);
      this.memory.heard(subject, { kind: 'sighting', ...of });
    }
    if (seen.kind === 'known') return;
    if (seen.kind === 'late' || seen.kind === 'updated') return void (subject !== null && entry.due.push({ subject, earliestAt: of.sighting.at }));
    this.ruleFaults.of(of.subject.id, seen.faults);
    const accused = of.subject.truck ?? { id: null, plate: of.subject.plate, companyId: null };
    for (const finding of seen.findings) this.#draft(entry, subject, accused, finding, of.world);
    if (subject === null) return;
    if (seen.outOfOrder) entry.due.push({ subject, earliestAt: of.sighting.at });
    // A stranger has no reports whose snapshots could carry its state.
    const at = of.subject.truck === null ? of.sighting.at : null;
    if (at !== null) entry.snapshots.push({ subject, at, state: seen.state });
    this.memory.set(subject, { ...before, state: seen.state, snapshotAt: at ?? before.snapshotAt });
  }

  /** What it answers is asked in the transaction that keeps it: the command may be a moment old. */
  #reply(entry: PacketEntry, reply: Reply): void {
    const { topic, payload: bytes } = entry.packet;
    entry.replies.push({ reply, asQuarantined: { id: randomUUID(), topic, source: reply.terminal, bytes } });
    this.#heard(reply.terminal, entry.heardAt);
  }

  #draft(entry: PacketEntry, subject: string | null, accused: Accused, finding: PlacedFinding, world: World): void {
    const snoozed = finding.opened && accused.id !== null && this.snoozes.isSnoozed(accused.id, finding.rule, entry.heardAt);
    const districtId = this.fleet.districtAt(finding.point);
    const alert = draftAlert(finding, { accused, world, heardAt: entry.heardAt, districtId, snoozed });
    entry.alerts.push(alert);
    if (subject !== null) this.memory.drafted(subject, alert);
  }

  #quarantine(entry: PacketEntry, reason: string, detail: string, bytes: Buffer): void {
    this.counters.quarantine(reason);
    const source = /\/(?:terminals|cameras)\/([A-Za-z0-9_-]{1,64})\//.exec(entry.packet.topic)?.[1] ?? null;
    entry.quarantined.push({ id: randomUUID(), topic: entry.packet.topic, source, reason, detail, bytes });
    if (source !== null) this.#heard(source, entry.heardAt);
  }

  /** Something came from a terminal that moves nothing: it is not silent all the same. */
  #heard(terminal: string, heardAt: EpochMs): void {
    const truck = this.fleet.truckOf(terminal, heardAt);
    if (truck) this.memory.set(truck.id, { ...this.memory.get(truck.id), heardAt });
  }
}

/** A bed so far above its rest tips its load. */
const TIPPING_DEG = 10;

/** Where a truck is, as the map is told. */
export function seenOf(truck: Truck, state: Remembered['state'], heardAt: EpochMs, fleet: Pick<FleetService, 'districtsOf'>): TruckSeen {
  const { at, point, speedKmh, headingDeg, ignition } = state.last!;
  return {
    id: truck.id,
    plate: truck.plate,
    companyId: truck.companyId,
    at,
    heardAt,
    lat: point[1],
    lon: point[0],
    speedKmh,
    headingDeg,
    load: state.load.answer,
    ignition,
    bedRaised: bedRaised(state.last!, state.bed.restDeg, TIPPING_DEG),
    placeIds: state.whereabouts.visits.map((visit) => visit.placeId),
    districtIds: fleet.districtsOf(truck.companyId, point),
    enteredAt: state.whereabouts.visits.map((visit) => visit.enteredAt),
  };
}

function timeFault(at: EpochMs, heardAt: EpochMs): { reason: string; detail: string } | null {
  if (at - heardAt > FUTURE_MS) return { reason: 'future-time', detail: `time ${iso(at)} is more than 2 min ahead of the server's ${iso(heardAt)}` };
  if (heardAt - at > OLDEST_MS) return { reason: 'too-old', detail: `time ${iso(at)} is more than 30 days before ${iso(heardAt)}` };
  return null;
}

/** A single report's bytes are the message; of an array the element is written anew, since its own bytes are gone. */
function bytesOf(report: Report, entry: PacketEntry): Buffer {
  return entry.packet.payload[0] === 0x5b ? writeReport(report) : entry.packet.payload;
}
