import { z } from 'zod';
import { alert, type Alert } from './alerts.js';
import type { CommandResource } from './commands.js';
import { id, time } from './common.js';
import type { Notice } from './notices.js';
import { saying } from './saying.js';

export const TRUCK_STATES = ['empty', 'loaded', 'unknown', 'alert', 'silent'] as const;

export const position = z
  .object({
    id,
    plate: z.string(),
    at: time,
    lat: z.number(),
    lon: z.number(),
    speedKmh: z.number().nullable(),
    headingDeg: z.number().nullable(),
    state: z.enum(TRUCK_STATES),
  })
  .meta({ id: 'Position' });
export type Position = z.infer<typeof position>;
export const positions = z.array(position).meta({ id: 'Positions' });

const ms = z.number().nullable().meta({ description: 'Milliseconds over the last minute; null when nothing was measured' });

/**
 * How the machine itself is, for the head line and the system page. Counts are since start, rates over the last minute. Who does not see the whole city is told
 * whether it works and of their own trucks; every other number is 0.
 */
export const health = z
  .object({
    at: time,
    version: z.string(),
    startedAt: time,
    cityTimeZone: z.string(),
    database: z.object({
      kind: z.enum(['embedded', 'server']),
      ok: z.boolean(),
      since: time,
      error: z.string().nullable(),
      versions: z.string(),
      queued: z.number().int(),
      waitMs: ms,
      commitP50Ms: ms,
      commitP99Ms: ms,
    }),
    broker: z.object({
      kind: z.enum(['embedded', 'joined']),
      ok: z.boolean(),
      since: time,
      error: z.string().nullable(),
      clients: z.number().int().nullable().meta({ description: 'null on a joined broker: it does not tell' }),
      refusedSignIns: z.number().int(),
      refusedTopics: z.number().int(),
    }),
    intake: z.object({
      reportsPerS: z.number(),
      messagesPerS: z.number(),
      waiting: z.number().int().meta({ description: 'Messages received and not yet committed' }),
      reports: z.number().int(),
      duplicates: z.number().int(),
      late: z.number().int(),
      doubted: z.number().int(),
      quarantined: z.number().int(),
      sightings: z.number().int(),
      ruleFaults: z.number().int().meta({ description: 'A rule threw; it kept its state and the others went on' }),
      lastReportAt: time.nullable().meta({ description: 'When anything last came in' }),
      receivedToCommittedP50Ms: ms,
      receivedToCommittedP99Ms: ms,
      fixToReceivedP50Ms: ms,
      fixToReceivedP99Ms: ms,
    }),
    fleet: z.object({
      trucks: z.number().int(),
      heard: z.number().int().meta({ description: 'Trucks heard in the last 10 min' }),
      silent: z.number().int().meta({ description: 'Ignition on at the last report and nothing heard for 10 min' }),
      places: z.number().int(),
    }),
    judging: z.object({
      due: z.number().int().meta({ description: 'Trucks that wait to be judged again because something came late' }),
      trucks: z.number().int().meta({ description: 'Judged again since start' }),
      reports: z.number().int(),
    }),
    downlink: z.object({
      asked: z.number().int().meta({ description: 'Controls that wait for another person' }),
      queued: z.number().int().meta({ description: 'Commands that wait for their terminal' }),
      unanswered: z.number().int().meta({ description: 'Sent, and nothing heard of them yet' }),
    }),
    live: z.object({ sockets: z.number().int() }),
    quarantine: z.object({ last24h: z.number().int() }),
    memoryMb: z.number(),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;

export const snapshot = z.object({ at: time, trucks: z.array(position), alerts: z.array(alert), health }).meta({ id: 'Snapshot' });
export type Snapshot = z.infer<typeof snapshot>;

/** `{bbox}`, `{truckId}`, or `{}` for all that the viewer may see. */
export const watch = z
  .strictObject({
    bbox: z
      .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90), z.number().min(-180).max(180), z.number().min(-90).max(90)])
      .optional()
      .meta({ description: 'west, south, east, north' }),
    truckId: id.optional(),
  })
  .refine((w) => !(w.bbox && w.truckId), saying('bbox or truckId, not both', 'bbox 与 truckId 只能给一个'))
  .meta({ id: 'Watch' });
export type Watch = z.infer<typeof watch>;
export const watchAnswer = z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), error: z.string() })]).meta({ id: 'WatchAnswer' });
export type WatchAnswer = z.infer<typeof watchAnswer>;

export interface ServerToPage {
  snapshot: (snapshot: Snapshot) => void;
  positions: (positions: Position[]) => void;
  alert: (alert: Alert) => void;
  health: (health: Health) => void;
  notice: (notice: Notice) => void;
  command: (command: CommandResource) => void;
  /** Places, routes, districts, permits, base map or registry were edited: fetch them again. */
  changed: (what: Changed) => void;
}
export interface PageToServer {
  watch: (watch: Watch, answer: (answer: WatchAnswer) => void) => void;
}

export const changed = z
  .object({ what: z.enum(['places', 'routes', 'districts', 'permits', 'base-map', 'registry', 'rules', 'handovers', 'reports']) })
  .meta({ id: 'Changed' });
export type Changed = z.infer<typeof changed>;
