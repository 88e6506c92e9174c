import type { reportsZh } from './reports.zh.js';

export const reportsEn: typeof reportsZh = {
  next: (week, at) => `Next: ${week}, made and sent ${at}`,
  to: (n) => (n === 0 ? 'nobody wants it yet' : `to ${n} ${n === 1 ? 'person' : 'people'}`),
  mine: 'Send it to me',
  mineOn: (ways) => `Comes to you by ${ways}. Mail brings PDF and Excel, other ways a link; the numbers are of what you see.`,
  mineOff: 'Not sent to you. Ticked, each report is sent by the ways on which you hear of notices.',
  noChannel: 'You have no other way of being told, so it is shown on the page only; add mail to get PDF and Excel.',
  channels: 'How I am told',
  saving: 'Saving…',
  who: 'Recipient',
  whole: 'whole city',
  part: 'what they see',
  by: 'By',
  last: (week) => `Sending of ${week}`,
  lastNone: 'nothing sent yet',
  none: 'Nobody has asked for the weekly report.',
  noneWhy: 'Whoever ticks «Send it to me» here or in their settings is listed here.',
  failed: 'Who gets it could not be read.',
  arrived: (week) => `The report of ${week} is there`,
  open: 'Open',
  me: {
    title: 'Weekly report',
    why: 'Sent after 07:00 each Monday: mail brings PDF and Excel, other ways a link; the numbers are of what you see.',
    want: 'Send me the weekly report',
  },
};
