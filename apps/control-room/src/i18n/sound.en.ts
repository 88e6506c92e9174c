import type { soundZh } from './sound.zh.js';

export const soundEn: typeof soundZh = {
  title: 'Sound',
  isOn: 'Sound on (M mutes)',
  isOff: 'Muted (M turns it on)',
  blocked: 'The browser allows no sound before the first click: click here to allow it',
  on: 'Sound for new incidents',
  always: 'always heard',
  attempt: 'Try it',
  attemptOf: (severity) => `Try the sound of ${severity.toLowerCase()} ones`,
  volume: 'Volume',
  once: 'Once for each incident, and again only if it becomes worse; never for what is late, snoozed, doubted or decided. Kept on this computer for your account.',
};
