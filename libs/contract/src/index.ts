export * from './alerts.js';
export * from './audit.js';
export * from './auth.js';
export * from './calendar.js';
export * from './commands.js';
export * from './common.js';
export * from './districts.js';
export * from './edits.js';
export * from './handovers.js';
export * from './hauls.js';
export * from './heat.js';
export * from './figures.js';
export * from './lab.js';
export * from './live.js';
export * from './managers.js';
export * from './measures.js';
export * from './notices.js';
export * from './places.js';
export * from './playback.js';
export * from './quality.js';
export * from './registry.js';
export * from './report-sending.js';
export * from './routes.js';
export * from './saying.js';
export * from './shapes.js';
export * from './sightings.js';
export * from './stats.js';
export * from './system.js';
export * from './words.js';
export * from './yards.js';
export {
  afterNoticeStep,
  afterStep,
  ALERT_TRANSITIONS,
  type AlertStatus,
  type AlertStep,
  type CommandKind,
  type CommandStatus,
  areaM2,
  contains,
  firstCrossing,
  isControl,
  jumps,
  plateWords,
  NOTICE_TRANSITIONS,
  type NoticeStatus,
  type NoticeStep,
  PLACE_KINDS,
  lengthM,
  type PlaceKind,
  ringAreaM2,
  type RuleCode,
  type Severity,
  sharedM2,
  SILENCE_MS,
} from '@muckwatch/domain';
