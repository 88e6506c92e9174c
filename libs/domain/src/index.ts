export * from './alert.js';
export * from './hours.js';
export * from './place.js';
export * from './report.js';
export * from './time.js';
export * from './truck.js';
