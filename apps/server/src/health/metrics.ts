import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Counters } from '../intake/counters.js';
import { HealthService } from './health.service.js';

/** The same figures as the system page, in Prometheus' words. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor(health: HealthService, counters: Counters) {
    collectDefaultMetrics({ register: this.registry });
    const counter = (name: string, help: string, read: () => number) => {
      new Counter({
        name: `muckwatch_${name}`,
        help,
        registers: [this.registry],
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    };
    const gauge = (name: string, help: string, read: () => number | null) => {
      new Gauge({
        name: `muckwatch_${name}`,
        help,
        registers: [this.registry],
        collect() {
          const value = read();
          if (value === null) this.reset();
          else this.set(value);
        },
      });
    };

    counter('reports_total', 'Reports committed and new', () => counters.reports);
    counter('reports_duplicate_total', 'Reports that stood in the table already', () => counters.duplicates);
    counter('reports_late_total', 'Reports older than the newest of their truck', () => counters.late);
    counter('reports_doubted_total', 'Reports stored with a doubt', () => counters.doubted);
    counter('sightings_total', 'Sightings committed', () => counters.sightings);
    counter('rule_faults_total', 'Times that a rule threw', () => counters.ruleFaults);
    gauge('messages_waiting', 'Messages received and not committed', () => health.current().intake.waiting);
    gauge('commit_p99_ms', '99th percentile of a commit over the last minute', () => counters.commitMs.of(0.99));
    gauge('received_to_committed_p99_ms', '99th percentile from packet to commit over the last minute', () => counters.receivedToCommittedMs.of(0.99));
    gauge('database_up', '1 while the database answers', () => Number(health.current().database.ok));
    gauge('broker_up', '1 while packets can come in', () => Number(health.current().broker.ok));
    gauge('trucks_heard', 'Trucks heard in the last 10 min', () => health.current().fleet.heard);
    gauge('commands_asked', 'Controls that wait for another person', () => health.current().downlink.asked);
    gauge('commands_queued', 'Commands that wait for their terminal', () => health.current().downlink.queued);
    gauge('commands_unanswered', 'Commands sent of which nothing was heard yet', () => health.current().downlink.unanswered);
    gauge('sockets', 'Control rooms connected', () => health.current().live.sockets);

    new Counter({
      name: 'muckwatch_quarantined_total',
      help: 'Messages that could not be used, by reason',
      labelNames: ['reason'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [reason, count] of counters.quarantinedBy) this.inc({ reason }, count);
      },
    });
  }
}
