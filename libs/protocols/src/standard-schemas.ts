import { z } from 'zod';

/**
 * What devices say under `muck/v1`, as it is checked and as AsyncAPI shows it. The message of a check is a predicate: the decoder puts the
 * field's name and the value before it («lat 190 is not within −90…90»).
 */
type Meta = { description: string; 'x-unit'?: string; examples?: unknown[] };

const number = (min: number, max: number, meta: Meta) => {
  const error = `is not within ${minus(min)}…${minus(max)}`;
  return z.number(error).min(min, error).max(max, error).meta(meta);
};
const integer = (min: number, max: number, meta: Meta) => {
  const error = `is not a whole number within ${minus(min)}…${minus(max)}`;
  return z.int(error).min(min, error).max(max, error).meta(meta);
};
const oneOf = <const T extends readonly string[]>(words: T, meta: Meta) => z.enum(words, `is not one of ${words.join(', ')}`).meta(meta);
const flag = (meta: Meta) => z.boolean().meta(meta);
const text = (min: number, max: number, meta: Meta) => {
  const error = `is not ${min}–${max} characters long`;
  return z
    .string(error)
    .min(min, error)
    .max(max, error)
    .regex(/^[^\p{Cc}]*$/u, 'holds a control character')
    .meta(meta);
};
const prose = (max: number, meta: Meta) => z.string().max(max, `is longer than ${max} characters`).meta(meta);
const share = (description: string) => number(0, 1, { description });

const time = z
  .union([
    z.string().meta({ format: 'date-time', description: 'RFC 3339 with offset; what is finer than a millisecond is cut off' }),
    z.number().meta({ description: 'Epoch milliseconds, a whole number' }),
  ])
  .meta({ description: 'RFC 3339 with offset, or epoch milliseconds', examples: ['2026-11-23T21:04:10+08:00', 1_795_439_050_000] });

/** Wide enough for any device, narrow enough for the columns: what the contract leaves open. */
const ANY_M = 1e9;

export const wireReport = z
  .looseObject({
    time: time.meta({ description: 'When the fix was taken' }),
    lat: number(-90, 90, { description: 'Latitude, WGS-84', 'x-unit': '°', examples: [31.6923] }),
    lon: number(-180, 180, { description: 'Longitude, WGS-84', 'x-unit': '°', examples: [113.3781] }),
    speedKmh: number(0, 250, { description: 'Speed over ground', 'x-unit': 'km/h' }).nullish(),
    headingDeg: number(0, 360, { description: 'Course from north, clockwise', 'x-unit': '°' }).nullish(),
    altitudeM: number(-ANY_M, ANY_M, { description: 'Height above sea level', 'x-unit': 'm' }).nullish(),
    accuracyM: number(0, ANY_M, { description: 'Accuracy of the fix; above 500 m it is not believed', 'x-unit': 'm' }).nullish(),
    satellites: integer(0, 99, { description: 'Satellites used' }).nullish(),
    odometerKm: number(-ANY_M, ANY_M, { description: 'Odometer', 'x-unit': 'km' }).nullish(),
    fix: flag({ description: 'Whether there is a satellite fix; not said means true. A report with false is kept in quarantine' }).nullish(),
    ignition: flag({ description: 'ACC' }).nullish(),
    bedAngleDeg: number(-10, 90, { description: 'Angle of the bed, 0 = flat', 'x-unit': '°' }).nullish(),
    bed: oneOf(['down', 'raised', 'fault'], { description: 'Bed switch' }).nullish(),
    cover: oneOf(['closed', 'open', 'fault'], { description: 'Cover of the load' }).nullish(),
    loadKg: number(-5_000, 150_000, { description: 'Load; sensors drift below zero', 'x-unit': 'kg' }).nullish(),
    loadState: oneOf(['empty', 'half', 'full', 'fault'], { description: 'Load by steps' }).nullish(),
    seq: integer(0, Number.MAX_SAFE_INTEGER, { description: "The terminal's own counter" }).nullish(),
    buffered: flag({ description: 'True where the terminal stored the report while out of coverage' }).nullish(),
  })
  .meta({ id: 'Report', description: 'What a terminal said at one instant. Absent and null mean «not said». Unknown fields are kept.' });

/** What one message on `…/reports` may be: a report, or the reports of a buffered upload. */
export const MAX_REPORTS = 500;
export const wireReports = z.union([wireReport, z.array(wireReport).max(MAX_REPORTS)]).meta({ id: 'Reports' });

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** 512 KiB, decoded. */
export const MAX_PICTURE_BYTES = 524_288;

const picture = z.looseObject({
  type: oneOf(PICTURE_TYPES, { description: 'Must be what the bytes are' }),
  data: z.string().meta({ contentEncoding: 'base64', description: `At most ${MAX_PICTURE_BYTES} bytes decoded` }),
});

export const wireSighting = z
  .looseObject({
    id: text(1, 128, { description: 'Unique per camera; the same id again updates that sighting', examples: ['c7-000123'] }),
    time: time.meta({ description: 'When it was seen' }),
    kind: oneOf(['pass', 'spill', 'dumping'], { description: 'pass: a truck at a gate' }),
    direction: oneOf(['in', 'out'], { description: 'Required for pass' }).nullish(),
    confidence: share('Of the kind; required for spill and dumping').nullish(),
    plate: text(0, 32, { description: 'Blank means not read', examples: ['鄂S12345'] }).nullish(),
    plateConfidence: share('Of the plate').nullish(),
    covered: flag({ description: 'Whether the load is covered' }).nullish(),
    coveredConfidence: share('Of covered').nullish(),
    wheelsClean: flag({ description: 'Whether the wheels are clean' }).nullish(),
    wheelsCleanConfidence: share('Of wheelsClean').nullish(),
    snapshot: picture.nullish(),
    snapshotUrl: z
      .string()
      .max(2_048, 'is longer than 2048 characters')
      .regex(/^https?:\/\/[^\s\p{Cc}]+$/u, 'is not an http or https address')
      .nullish(),
  })
  .superRefine((sighting, context) => {
    const needed = sighting.kind === 'pass' ? 'direction' : 'confidence';
    if ((sighting[needed] ?? null) === null) context.addIssue({ code: 'custom', path: [needed], message: `is missing; a ${sighting.kind} needs it` });
  })
  .meta({ id: 'Sighting', description: 'What a camera saw at one instant. Unknown fields are kept.' });

export const wireStatus = z
  .looseObject({ online: flag({ description: 'false is also the will' }) })
  .meta({ id: 'Status', description: 'Retained. Shown, never judged.' });

export const REPLY_STATUSES = ['received', 'done', 'failed', 'unsupported'] as const;

export const wireReply = z
  .looseObject({
    id: text(1, 64, { description: 'Of the command' }),
    status: oneOf(REPLY_STATUSES, { description: 'What became of it' }),
    detail: prose(1_000, { description: 'Why it failed' }).nullish(),
    time: time.meta({ description: 'When' }).nullish(),
    photo: picture.meta({ description: 'What a capture took; with done' }).nullish(),
  })
  .meta({ id: 'Reply', description: 'What became of a command.' });

const command = {
  id: z.string().meta({ description: 'To be named in the reply' }),
  expiresAt: z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339; a terminal drops what has expired' }),
};
const control = {
  ...command,
  releasesAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'RFC 3339; a release is sent then, and a terminal that can should end the limit by itself, in case it cannot be reached' }),
};
export const wireCommand = z
  .discriminatedUnion('kind', [
    z.object({ ...command, kind: z.literal('speak').meta({ description: 'Text to speech' }), text: z.string().min(1).max(500) }),
    z.object({ ...command, kind: z.literal('display').meta({ description: 'Text on the screen' }), text: z.string().min(1).max(500) }),
    z.object({ ...command, kind: z.literal('set-interval'), seconds: z.int().min(1).max(3_600).meta({ description: 'Between reports', 'x-unit': 's' }) }),
    z.object({ ...command, kind: z.literal('capture').meta({ description: 'Take a photo' }) }),
    z.object({ ...control, kind: z.literal('limit-lift').meta({ description: 'The bed stays down' }) }),
    z.object({ ...control, kind: z.literal('limit-speed'), kmh: z.number().min(0).max(120).meta({ 'x-unit': 'km/h' }) }),
    z.object({ ...command, kind: z.literal('release').meta({ description: 'Ends limit-lift and limit-speed' }) }),
  ])
  .meta({
    id: 'Command',
    description: 'Sent only while the terminal says that it is online; not retained. The same id again is the same command: do it once.',
  });

export type WireReport = z.infer<typeof wireReport>;
export type WireSighting = z.infer<typeof wireSighting>;
export type WireStatus = z.infer<typeof wireStatus>;
export type WireReply = z.infer<typeof wireReply>;
export type WireCommand = z.infer<typeof wireCommand>;

function minus(value: number): string {
  return String(value).replace('-', '−');
}
