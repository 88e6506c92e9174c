import { isAbsolute, resolve } from 'node:path';
import { CORRECTION_MS } from '@muckwatch/domain';
import { z } from 'zod';

/** An empty variable is an absent one: `SMTP_URL= npm start` sets nothing. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const url = (...schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), `must be a ${schemes.join(' or ')} URL`);
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 0–65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port, 0–65535');

const smsTemplate = z.strictObject({
  method: z.enum(['POST', 'GET', 'PUT']).default('POST'),
  url: z.string().regex(/^https?:\/\//, 'must be an http or https URL'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  /** What a good answer matches, for gateways that answer 200 to everything. */
  success: z.string().nullish(),
});
/** A text message as an HTTP request: see SMS_REQUEST. */
export type SmsRequest = z.infer<typeof smsTemplate>;

const settings = z
  .object({
    /** HTTP, Socket.IO and the control room. 0: any free one. */
    PORT: optional(port),
    /** TimescaleDB. Absent: the embedded one in DATA_DIR. */
    DATABASE_URL: optional(url('postgres', 'postgresql')),
    /** Broker to join. Absent: the embedded one on MQTT_HOST:MQTT_PORT. */
    MQTT_URL: optional(url('mqtt', 'mqtts', 'ws', 'wss')),
    MQTT_PORT: optional(port),
    MQTT_HOST: optional(z.string().max(255)),
    /** Our own sign-in at a joined broker. */
    MQTT_USERNAME: optional(z.string()),
    MQTT_PASSWORD: optional(z.string()),
    /** By which a joined EMQX shows that it is the one that asks us who may sign in. Absent: nobody may ask. */
    BROKER_HOOK_SECRET: optional(z.string().min(16, 'must have at least 16 characters').max(256)),
    /** Embedded database, media, sealed evidence, the demo's state. */
    DATA_DIR: optional(z.string()),
    /** Of the first account `admin`. Absent: one is made and printed once. */
    ADMIN_PASSWORD: optional(z.string().min(12, 'must have at least 12 characters').max(256)),
    /** What links begin with; https makes cookies Secure. */
    PUBLIC_URL: optional(url('http', 'https')),
    SMTP_URL: optional(url('smtp', 'smtps')),
    /** Whom mails come from. Absent: muckwatch@ the host of PUBLIC_URL. */
    SMTP_FROM: optional(z.string().max(320)),
    /** How a text message is sent: JSON {method, url, headers, body, success}, with {to}, {text} and {id} filled in. */
    SMS_REQUEST: optional(z.string().transform(smsRequest)),
    /** `allow`: robots and webhooks may be plain http and stand on a private network. */
    NOTICE_HTTP: optional(z.enum(['allow', 'refuse'], 'must be allow or refuse')),
    REDIS_URL: optional(url('redis', 'rediss')),
    /** Raster tiles, `https://host/{z}/{x}/{y}.png#gcj02`; the fragment is their datum, `wgs84` when absent. */
    TILES_URL: optional(
      url('http', 'https').refine((value) => ['', '#wgs84', '#gcj02'].includes(new URL(value).hash), 'must end in #wgs84, #gcj02 or neither'),
    ),
    /** The same, said by itself; it must not contradict the fragment. */
    TILES_DATUM: optional(z.enum(['wgs84', 'gcj02'], 'must be wgs84 or gcj02')),
    /** Whose tiles they are, as plain text in the corner of the map. */
    TILES_ATTRIBUTION: optional(z.string().max(200, 'must have at most 200 characters')),
    CITY_TIME_ZONE: optional(z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai')),
    /** Seconds that a driver has to put right what he was told of, from when the terminal said that the word was spoken. */
    CORRECTION_S: optional(
      z
        .string()
        .regex(/^\d{1,5}$/, 'must be seconds, 1–86400')
        .transform(Number)
        .refine((value) => value >= 1 && value <= 86_400, 'must be seconds, 1–86400'),
    ),
    DEMO: optional(z.enum(['on', 'off'], 'must be on or off')),
    /** For those who work on it: how much is logged. */
    LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
  })
  .refine(({ TILES_URL, TILES_DATUM }) => !TILES_DATUM || !TILES_URL?.includes('#') || TILES_URL.endsWith(`#${TILES_DATUM}`), {
    path: ['TILES_DATUM'],
    message: 'contradicts the end of TILES_URL',
  });

/** A raster base map: `{z}`, `{x}`, `{y}` and, where the host has several names, `{s}` (a, b, c) are filled in by the page. */
export interface Tiles {
  url: string;
  datum: 'wgs84' | 'gcj02';
  attribution: string | null;
}

/** Every setting, validated, with its default. Also the token by which Nest gives it to whom it concerns. */
export class Config {
  readonly port!: number;
  readonly databaseUrl!: string | null;
  readonly mqttUrl!: string | null;
  readonly mqttPort!: number;
  readonly mqttHost!: string;
  readonly mqttUsername!: string | null;
  readonly mqttPassword!: string | null;
  readonly brokerHookSecret!: string | null;
  /** Absolute. */
  readonly dataDir!: string;
  readonly adminPassword!: string | null;
  /** Without a slash at its end. */
  readonly publicUrl!: string;
  readonly smtpUrl!: string | null;
  readonly smtpFrom!: string | null;
  readonly smsRequest!: SmsRequest | null;
  /** Robots and webhooks may be plain http and private. */
  readonly noticeHttp!: boolean;
  readonly redisUrl!: string | null;
  readonly tiles!: Tiles | null;
  readonly cityTimeZone!: string;
  readonly correctionMs!: number;
  readonly demo!: boolean;
  readonly logLevel!: string;

  constructor(values: Config) {
    Object.assign(this, values);
  }
}

/** Reads the settings, or throws one error that names every fault. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const result = settings.safeParse(env);
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `  ${name} ${message}${mayBeShown(name) ? `, not ${JSON.stringify(env[name])}` : ''}`;
    });
    throw new ConfigFault(`These settings cannot be used:\n${faults.join('\n')}`);
  }
  const said = result.data;
  const httpPort = said.PORT ?? 3000;
  return new Config({
    port: httpPort,
    databaseUrl: said.DATABASE_URL ?? null,
    mqttUrl: said.MQTT_URL ?? null,
    mqttPort: said.MQTT_PORT ?? 1883,
    mqttHost: said.MQTT_HOST ?? '127.0.0.1',
    mqttUsername: said.MQTT_USERNAME ?? null,
    mqttPassword: said.MQTT_PASSWORD ?? null,
    brokerHookSecret: said.BROKER_HOOK_SECRET ?? null,
    dataDir: absolute(said.DATA_DIR ?? './data'),
    adminPassword: said.ADMIN_PASSWORD ?? null,
    publicUrl: (said.PUBLIC_URL ?? `http://localhost:${httpPort}`).replace(/\/+$/, ''),
    smtpUrl: said.SMTP_URL ?? null,
    smtpFrom: said.SMTP_FROM ?? null,
    smsRequest: said.SMS_REQUEST ?? null,
    noticeHttp: said.NOTICE_HTTP === 'allow',
    redisUrl: said.REDIS_URL ?? null,
    tiles: tilesOf(said),
    cityTimeZone: said.CITY_TIME_ZONE ?? 'Asia/Shanghai',
    correctionMs: said.CORRECTION_S === undefined ? CORRECTION_MS : said.CORRECTION_S * 1_000,
    demo: said.DEMO === 'on',
    logLevel: said.LOG_LEVEL ?? 'info',
  });
}

function tilesOf({ TILES_URL, TILES_DATUM, TILES_ATTRIBUTION }: z.infer<typeof settings>): Tiles | null {
  if (!TILES_URL) return null;
  const datum = TILES_DATUM ?? (TILES_URL.endsWith('#gcj02') ? 'gcj02' : 'wgs84');
  return { url: TILES_URL.replace(/#.*$/, ''), datum, attribution: TILES_ATTRIBUTION ?? null };
}

/** Where pictures may come from beside ourselves. A policy knows a star for the first name of a host only: `t{s}.example.cn` is `*.example.cn`. */
export function tileHostOf(template: string): string {
  const { protocol, host } = new URL(template);
  return `${protocol}//${host.replace(/^[^.]*(?:\{|%7B)s(?:\}|%7D)[^.]*/i, '*')}`;
}

export class ConfigFault extends Error {}

/** Passwords, and URLs that may bear one, are never printed. */
function mayBeShown(name: string): boolean {
  return !/PASSWORD|SECRET|_URL$|SMS_REQUEST/.test(name) || name === 'PUBLIC_URL';
}

function smsRequest(said: string, context: z.RefinementCtx): SmsRequest {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let json: unknown;
  try {
    json = JSON.parse(said);
  } catch {
    return refuse('must be JSON');
  }
  const result = smsTemplate.safeParse(json);
  if (!result.success) return refuse(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { url, headers, body, success } = result.data;
  const text = JSON.stringify([url, headers, body]);
  for (const name of ['{to}', '{text}']) if (!text.includes(name)) return refuse(`must say where ${name} goes`);
  try {
    new RegExp(success ?? '');
  } catch {
    return refuse('success: must be a regular expression');
  }
  return result.data;
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
