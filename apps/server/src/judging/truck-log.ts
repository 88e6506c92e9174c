import { Injectable } from '@nestjs/common';
import { compareLogged, type EpochMs, type Logged, SIGHTING_LATE_MS } from '@muckwatch/domain';
import { FleetService } from '../fleet/fleet.service.js';
import { LogStore } from '../intake/log.store.js';

/** The whole log of one truck, or of one stranger's plate, in the order in which it is judged. */
@Injectable()
export class TruckLog {
  constructor(
    private readonly log: LogStore,
    private readonly fleet: FleetService,
  ) {}

  /** Pages in order; what has one time is never torn apart. */
  async *of(subject: string, from: EpochMs, to: EpochMs): AsyncGenerator<Logged[], void, undefined> {
    const end = Math.min(to, END_OF_TIME);
    // A state need not know a sighting that is not much older than it.
    const sightings = await this.#sightings(subject, from - SIGHTING_LATE_MS, end);
    let held: Logged[] = [];
    for await (const page of this.log.reports(subject, from, end)) {
      const all = [...held, ...page.map(({ report, doubt }): Logged => ({ kind: 'report', report, doubt }))];
      const newest = page.at(-1)!.report.at;
      // Of its last time more may come with the next page.
      const whole = all.filter((logged) => timeOf(logged) < newest);
      held = all.filter((logged) => timeOf(logged) === newest);
      while (sightings.length > 0 && timeOf(sightings[0]!) < newest) whole.push(sightings.shift()!);
      yield whole.sort(compareLogged);
    }
    yield [...held, ...sightings].sort(compareLogged);
  }

  async #sightings(subject: string, from: EpochMs, to: EpochMs): Promise<Logged[]> {
    const seen = await this.log.sightings(subject, from, to);
    return seen.flatMap(({ sighting }): Logged[] => {
      const of = this.fleet.sightingOf(sighting);
      return of ? [{ kind: 'sighting', ...of }] : [];
    });
  }
}

/** PostgreSQL's calendar goes further; a log does not. */
const END_OF_TIME = Date.UTC(9999, 0);

function timeOf(logged: Logged): EpochMs {
  return logged.kind === 'report' ? logged.report.at : logged.sighting.at;
}
