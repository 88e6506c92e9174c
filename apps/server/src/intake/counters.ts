import { Injectable } from '@nestjs/common';
import type { EpochMs } from '@muckwatch/domain';
import { Percentiles, Rate } from './meter.js';

/** What intake has done since start, for the system page and for Prometheus. */
@Injectable()
export class Counters {
  reports = 0;
  duplicates = 0;
  late = 0;
  doubted = 0;
  quarantined = 0;
  sightings = 0;
  ruleFaults = 0;
  lastHeardAt: EpochMs | null = null;
  readonly quarantinedBy = new Map<string, number>();
  readonly messageRate = new Rate();
  readonly reportRate = new Rate();
  readonly commitMs = new Percentiles();
  readonly receivedToCommittedMs = new Percentiles();
  readonly fixToReceivedMs = new Percentiles();

  quarantine(reason: string): void {
    this.quarantined++;
    this.quarantinedBy.set(reason, (this.quarantinedBy.get(reason) ?? 0) + 1);
  }
}
