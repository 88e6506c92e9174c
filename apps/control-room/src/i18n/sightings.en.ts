import type { sightingsZh, sensorsZh } from './sightings.zh.js';

export const sightingsEn: typeof sightingsZh = {
  title: 'Sightings',
  none: 'No camera has seen this truck yet.',
  failed: 'The sightings could not be read.',
  kind: { spill: 'spilling', dumping: 'dumping' },
  direction: { in: 'in', out: 'out' },
  covered: 'covered',
  uncovered: 'uncovered',
  clean: 'wheels clean',
  dirty: 'wheels dirty',
  plate: (confidence) => `plate ${confidence}`,
  pictureOf: (camera) => `Picture by ${camera}`,
  pictureGone: 'Picture past its retention',
  atCamera: 'See it on the camera',
  seenBy: (camera) => `Seen by ${camera}`,
};

export const sensorsEn: typeof sensorsZh = {
  title: 'Sensors',
  name: { load: 'Load', bed: 'Bed', cover: 'Cover', ignition: 'Ignition', odometer: 'Odometer', position: 'Position' },
  part: { unknown: 'not said', faulty: 'faulty', contradicting: 'contradicting' },
  fine: 'fine',
  last24h: 'Last 24 h',
  last7d: 'Last 7 days',
  bars: 'thick 24 h, thin 7 days',
  unheard: 'Nothing was heard of this truck in 7 days.',
  unheardShort: 'not heard',
  failed: 'The sensors’ health could not be read.',
  clock: 'Terminal’s clock',
  clockRight: 'right',
  clockOff: { behind: (by) => `${by} behind (or the network slow)`, ahead: (by) => `${by} ahead` },
  clockUnknown: 'Terminal’s clock: no live report in the last hour to compare with.',
  clockHint: (samples) => `Median of ${samples} reports of the last hour, network delay included`,
};
