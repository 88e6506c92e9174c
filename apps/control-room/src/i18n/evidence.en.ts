import type { evidenceZh } from './evidence.zh.js';

export const evidenceEn: typeof evidenceZh = {
  title: 'Evidence',
  pack: 'Export evidence pack',
  what: 'One ZIP: report, alert, track, series, pictures, notices and answers, the versions it was judged by, and the SHA-256 of every file. The export is written to the audit.',
  sealed: (at) => `evidence sealed at ${at}`,
  unsealed: 'not sealed yet: 2 min after the episode ends, or when it is confirmed',
};
