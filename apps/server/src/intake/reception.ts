import { Injectable, Logger } from '@nestjs/common';
import { DAY_MS, type EpochMs, MINUTE_MS, plateKey, READABLE_PLATE, type Report, RULES, take, type Truck } from '@muckwatch/domain';
import { decode, type Decoded, frigateNameOf, type Sighting } from '@muckwatch/protocols';
import { randomUUID } from 'node:crypto';
import { draftAlert } from '../alerts/alert-draft.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import type { Packet } from '../mqtt/mqtt-link.js';
import { Counters } from './counters.js';
import { emptyEntry, type Entry, type LoggedSighting } from './entry.js';
import { type Remembered, SNAPSHOT_EVERY_MS, TruckMemory } from './truck-memory.js';

const FUTURE_MS = 2 * MINUTE_MS;
const OLDEST_MS = 30 * DAY_MS;

/** From a packet to what it changes, synchronously and in memory. Nothing a device says makes it throw. */
@Injectable()
export class Reception {
  readonly #logger = new Logger('Reception');

  constructor(
    private readonly fleet: FleetService,
    private readonly memory: TruckMemory,
    private readonly counters: Counters,
  ) {}

  receive(packet: Packet, done: () => void): Entry {
    const entry = emptyEntry(packet, done, now());
    for (const decoded of decode(packet.topic, packet.payload)) this.#take(entry, decoded);
    return entry;
  }

  /** The elements of a message as entries of their own, each judged when it is asked for, on the state that is there then. */
  *elements({ packet, heardAt }: Entry): Generator<Entry, void, undefined> {
    for (const decoded of decode(packet.topic, packet.payload)) {
      const payload = decoded.kind === 'report' ? Buffer.from(JSON.stringify(decoded.report)) : packet.payload;
      const element = emptyEntry({ ...packet, payload }, () => undefined, heardAt);
      this.#take(element, decoded);
      yield element;
    }
  }

  /** Puts a message aside whole, e.g. one that the database refused. */
  setAside({ packet, done, heardAt }: Entry, reason: string, detail: string): Entry {
    const entry = emptyEntry(packet, done, heardAt);
    this.#quarantine(entry, reason, detail, packet.payload);
    return entry;
  }

  #take(entry: Entry, decoded: Decoded): void {
    switch (decoded.kind) {
      case 'report':
        return this.#report(entry, decoded.report);
      case 'sighting':
        return this.#sighting(entry, decoded.sighting);
      case 'unreadable':
        return this.#quarantine(entry, decoded.reason, decoded.detail, decoded.bytes);
      case 'reply':
        return this.#quarantine(entry, 'unknown-command', `no command ${decoded.reply.id} was sent to ${decoded.reply.terminal}`, entry.packet.payload);
      case 'status':
        return; // shown by the broker's own count of clients, never judged
    }
  }

  #report(entry: Entry, report: Report): void {
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
        this.memory.set(truck.id, { ...before, heardAt: entry.heardAt });
        return;
      case 'doubted':
        this.counters.doubted++;
        entry.reports.push({ report, truckId: truck.id, late: false, doubt: taken.doubt });
        this.memory.set(truck.id, { ...before, state: taken.state, heardAt: entry.heardAt });
        return;
      case 'believed':
        entry.reports.push({ report, truckId: truck.id, late: false, doubt: null });
        entry.rehabilitated.push(...taken.rehabilitated);
        return this.#believed(entry, truck, before, taken);
    }
  }

  #believed(entry: Entry, truck: Truck, before: Remembered, { state, steps }: Extract<ReturnType<typeof take>, { kind: 'believed' }>): void {
    let worthASnapshot = before.snapshotAt === null || state.last!.at - before.snapshotAt >= SNAPSHOT_EVERY_MS;
    for (const step of steps) {
      for (const { rule, error } of step.faults) {
        this.counters.ruleFaults++;
        this.#logger.error(`Rule ${rule} threw at truck ${truck.id}; it keeps its old state: ${(error as Error).stack ?? String(error)}`);
      }
      for (const finding of step.findings) {
        entry.alerts.push(draftAlert(finding, truck, this.fleet.worlds.at(finding.at), entry.heardAt));
        worthASnapshot ||= finding.opened || finding.ended !== null;
      }
      if (step.haul) {
        entry.hauls.push(step.haul);
        worthASnapshot = true;
      }
    }
    if (worthASnapshot) entry.snapshots.push({ subject: truck.id, at: state.last!.at, state });
    this.memory.set(truck.id, { state, snapshotAt: worthASnapshot ? state.last!.at : before.snapshotAt, heardAt: entry.heardAt });
    entry.seen.push(seenOf(truck, state, entry.heardAt));
  }

  #sighting(entry: Entry, sighting: Sighting): void {
    const fault = timeFault(sighting.at, entry.heardAt);
    if (fault) return this.#quarantine(entry, fault.reason, fault.detail, entry.packet.payload);
    const frigateName = frigateNameOf(sighting.camera);
    const camera = frigateName === null ? this.fleet.camera(sighting.camera) : this.fleet.cameraByFrigateName(frigateName);
    if (!camera) {
      const unknown =
        frigateName === null ? `camera ${sighting.camera} is not registered` : `no registered camera has the frigateName ${JSON.stringify(frigateName)}`;
      return this.#quarantine(entry, 'unknown-camera', unknown, entry.packet.payload);
    }
    this.counters.sightings++;
    entry.sightings.push(this.#named({ ...sighting, camera: camera.id }));
  }

  #named(sighting: Sighting): LoggedSighting {
    const { plate, plateConfidence, at } = sighting;
    if (plate === null || (plateConfidence ?? 0) < READABLE_PLATE) return { sighting, truckId: null, plateKey: null };
    return { sighting, truckId: this.fleet.truckByPlate(plate, at)?.id ?? null, plateKey: plateKey(plate) };
  }

  #quarantine(entry: Entry, reason: string, detail: string, bytes: Buffer): void {
    this.counters.quarantine(reason);
    const source = /\/(?:terminals|cameras)\/([A-Za-z0-9_-]{1,64})\//.exec(entry.packet.topic)?.[1] ?? null;
    entry.quarantined.push({ id: randomUUID(), topic: entry.packet.topic, source, reason, detail, bytes });
  }
}

/** Where a truck is, as the map is told. */
export function seenOf(truck: Truck, state: Remembered['state'], heardAt: EpochMs) {
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
    placeIds: state.whereabouts.visits.map((visit) => visit.placeId),
  };
}

function timeFault(at: EpochMs, heardAt: EpochMs): { reason: string; detail: string } | null {
  if (at - heardAt > FUTURE_MS) return { reason: 'future-time', detail: `time ${iso(at)} is more than 2 min ahead of the server's ${iso(heardAt)}` };
  if (heardAt - at > OLDEST_MS) return { reason: 'too-old', detail: `time ${iso(at)} is more than 30 days before ${iso(heardAt)}` };
  return null;
}

/** A single report's bytes are the message; of an array the element is written anew, since its own bytes are gone. */
function bytesOf(report: Report, entry: Entry): Buffer {
  return entry.packet.payload[0] === 0x5b ? Buffer.from(JSON.stringify(report)) : entry.packet.payload;
}
