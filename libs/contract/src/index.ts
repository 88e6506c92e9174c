export * from './alerts.js';
export * from './auth.js';
export * from './common.js';
export * from './live.js';
export * from './places.js';
export * from './registry.js';
export * from './routes.js';
export * from './system.js';
export { afterStep, ALERT_TRANSITIONS, type AlertStatus, type AlertStep, PLACE_KINDS, type PlaceKind, type RuleCode, type Severity } from '@muckwatch/domain';
