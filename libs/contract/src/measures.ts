/** Limits and measured values as people read them, on the screen and on paper: the same words and the same digits. */
export interface MeasureWords {
  evidence: Record<string, string>;
  measure: Record<string, string>;
  unit: { kmh: string; t: string; deg: string; s: string; min: string; ms: string; m: string; km: string; days: string };
  span: {
    tenths: (s: string) => string;
    seconds: (s: number) => string;
    minutes: (m: number) => string;
    minutesSeconds: (m: number, s: number) => string;
    hours: (h: number, m: number) => string;
    days: (d: number) => string;
  };
  none: string;
  notSaid: string;
  yes: string;
  no: string;
}

/** 17.9 t */
export function tonnes(kg: number, words: MeasureWords): string {
  return `${(kg / 1000).toFixed(1)} ${words.unit.t}`;
}

/** 380 m, 1.3 km */
export function metres(m: number, words: MeasureWords): string {
  return m < 1000 ? `${Math.round(m)} ${words.unit.m}` : `${(m / 1000).toFixed(1)} ${words.unit.km}`;
}

/** 98.5 %; a share that rounds to all or nothing but is not says so. */
export function percentWords(share: number | null): string {
  if (share === null) return '—';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** The unit that a name of the project ends in. */
export type Unit = 'kmh' | 'kg' | 'km' | 'deg' | 'share' | 'percent' | 'ms' | 's' | 'min' | 'm' | 'days' | 'at' | null;

const SUFFIXES: [suffix: RegExp, unit: NonNullable<Unit>][] = [
  [/Kmh$/, 'kmh'],
  [/Kg$/, 'kg'],
  [/(^k|K)m$/, 'km'],
  [/(Percent|Pct)$|^percentOf/, 'percent'],
  [/Days$/, 'days'],
  [/Deg$/, 'deg'],
  [/(^s|S)hare$/, 'share'],
  [/Ms$/, 'ms'],
  [/(^|[a-z])S$/, 's'],
  [/Min$/, 'min'],
  [/M$/, 'm'],
  [/(^a|A)t$/, 'at'],
];
/** Names whose end is no unit: «at least so many», not minutes. */
const COUNTS = new Set(['outageMin']);

export function unitOf(name: string): Unit {
  return COUNTS.has(name) ? null : (SUFFIXES.find(([suffix]) => suffix.test(name))?.[1] ?? null);
}

const round = (value: number) => Math.round(value * 10) / 10;
/** Counts and shares of one: confidences keep their second digit. */
const plain = (value: number) => String(Math.abs(value) < 10 ? Math.round(value * 100) / 100 : round(value));

const SAY: Record<NonNullable<Unit>, (value: number, words: MeasureWords) => string> = {
  kmh: (value, words) => `${round(value)} ${words.unit.kmh}`,
  kg: (value, words) => tonnes(value, words),
  km: (value, words) => `${round(value)} ${words.unit.km}`,
  deg: (value, words) => `${round(value)}${words.unit.deg}`,
  share: (value) => `${round(value * 100)} %`,
  percent: (value) => `${round(value)} %`,
  days: (value, words) => words.span.days(round(value)),
  ms: (value, words) => spanWords(value, words),
  s: (value, words) => (value > 120 ? spanWords(value * 1_000, words) : `${round(value)} ${words.unit.s}`),
  min: (value, words) => (value > 90 ? spanWords(value * 60_000, words) : words.span.minutes(round(value))),
  m: (value, words) => metres(value, words),
  at: (value) => new Date(value).toISOString(),
};

export type Measured = number | string | boolean | null;

/** How a value is said: the language, an instant as people read it, and the rule whose word it may be. */
export interface Saying {
  clock?: (at: number) => string;
  rule?: string;
}

/** Names in the project end in their unit (`holdS`, `minSpeedKmh`), so a limit or a measured value can be shown with it. */
export function measureWords(name: string, value: Measured, words: MeasureWords, { clock = SAY_ISO, rule }: Saying = {}): string {
  if (value === null) return words.notSaid;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const unit = unitOf(name);
  if (typeof value === 'string') return unit === 'at' && !Number.isNaN(Date.parse(value)) ? clock(Date.parse(value)) : (valueWord(value, words, rule) ?? value);
  if (!Number.isFinite(value)) return words.none;
  if (unit === null) return plain(value);
  return unit === 'at' ? clock(value) : SAY[unit](value, words);
}

/** A word that rules use as a value: the rule's own meaning of it before the common one. */
export function valueWord(value: string, words: MeasureWords, rule?: string): string | undefined {
  return words.evidence[`${rule}.${value}`] ?? words.evidence[value];
}

const SAY_ISO = (at: number) => new Date(at).toISOString();

/** A name as people read it: from the dictionary, else its own words without the unit. */
export function measureName(name: string, words: MeasureWords, rule?: string): string {
  const known = words.measure[`${rule}.${name}`] ?? words.measure[name];
  if (known !== undefined) return known;
  const unit = unitOf(name);
  const bare = unit === null || unit === 'at' || unit === 'share' ? name : name.replace(/(Kmh|Kg|Km|Deg|Ms|Min|Percent|Pct|S|M)$/, '');
  const spaced = bare.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** How long something took or is ago; seconds matter for the first five minutes only. */
export function spanWords(ms: number, words: Pick<MeasureWords, 'span'>): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 9.95) return words.span.tenths(s.toFixed(1));
  const seconds = Math.floor(s);
  if (seconds < 60) return words.span.seconds(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 5 && seconds % 60 > 0) return words.span.minutesSeconds(minutes, seconds % 60);
  if (minutes < 60) return words.span.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return words.span.hours(hours, minutes % 60);
  return words.span.days(Math.floor(hours / 24));
}

/** Words that rules use as values of their evidence: [Chinese, English]. */
const VALUES: Record<string, [zh: string, en: string]> = {
  'raised-bed': ['举斗行驶', 'driving with raised bed'],
  'load-loss': ['载重流失', 'load lost on the way'],
  seen: ['抓拍', 'seen by a camera'],
  tipped: ['举斗倾倒', 'tipped'],
  'load-vanished': ['载重骤失', 'load gone at once'],
  inside: ['驶入', 'drove in'],
  through: ['穿越', 'drove through'],
  camera: ['抓拍', 'camera'],
  terminal: ['本车终端', 'its own terminal'],
  'load-gone': ['载重消失', 'load gone'],
  'cloned-plate.camera': ['另一抓拍机', 'another camera'],
  'sensor-contradiction.camera': ['抓拍与顶盖传感器不符', 'camera against cover sensor'],
  'sensor-contradiction.load': ['载重一路不变', 'load never changed'],
  'sensor-contradiction.bed': ['卸空而斗未举', 'emptied with the bed down'],
  'sensor-contradiction.bed-word': ['斗角与斗位不符', 'bed angle against bed word'],
  'sensor-contradiction.ignition': ['熄火行驶', 'moving with ignition off'],
  'sensor-contradiction.still': ['里程增而位置不动', 'odometer grew, position stood still'],
  suspected: ['疑似', 'suspected'],
  certain: ['已证实', 'certain'],
  loaded: ['重车', 'loaded'],
  empty: ['空车', 'empty'],
  unknown: ['未知', 'unknown'],
  full: ['满载', 'full'],
  half: ['半载', 'half'],
  in: ['进', 'in'],
  out: ['出', 'out'],
};

/** Limits and measured values by the names the rules give them. A name that is missing here is shown as it is. */
const NAMES: Record<string, [zh: string, en: string]> = {
  minSpeedKmh: ['最低车速', 'Least speed'],
  holdS: ['持续时间', 'Held for'],
  holdMs: ['持续时间', 'Held for'],
  raisedDeg: ['举斗角度', 'Bed raised from'],
  raisedSpeedKmh: ['举斗行驶车速', 'Raised at speed from'],
  lossKg: ['掉载重量', 'Load lost'],
  lostKg: ['掉载重量', 'Load lost'],
  lossShare: ['掉载比例', 'Share of load lost'],
  confidence: ['置信度', 'Confidence'],
  plateConfidence: ['车牌置信度', 'Confidence of the plate'],
  walkingPaceKmh: ['低速上限', 'Walking pace'],
  crossMaxGapS: ['穿越最大间隔', 'Longest gap of a crossing'],
  crossMinM: ['穿越最短距离', 'Shortest crossing'],
  loadedKmh: ['重车限速', 'Limit when loaded'],
  emptyKmh: ['空车限速', 'Limit when empty'],
  toleranceKmh: ['容差', 'Tolerance'],
  dwellMin: ['停留时间', 'Stayed'],
  dwellS: ['停留时间', 'Stayed'],
  minDriveM: ['最短行驶距离', 'Shortest drive'],
  seriousAfterMin: ['多久后升为违规', 'Serious after'],
  graceMin: ['时段宽限', 'Grace round the hours'],
  muteMin: ['同牌同地不重报', 'No second alert within'],
  overShare: ['占核定载重', 'Share of the rated load'],
  seriousShare: ['升为违规的载重比例', 'Serious from this share'],
  stopMin: ['停留时间', 'Standing for'],
  silentMin: ['失联时间', 'Silent for'],
  outageShare: ['同时失联比例', 'Share silent at once'],
  outageMin: ['同时失联台数下限', 'Least number silent'],
  gapKm: ['缺失距离', 'Hole'],
  gapS: ['缺失时间', 'Hole lasts'],
  gapMin: ['缺失时间', 'Hole lasts'],
  fillMin: ['等候补传', 'Wait for late data'],
  maxKmh: ['可信最高车速', 'Fastest believable'],
  minKm: ['最短相距', 'Least distance apart'],
  clockS: ['时钟容差', 'Tolerance of clocks'],
  limitKmh: ['限速', 'Limit'],
  topSpeedKmh: ['最高车速', 'Top speed'],
  maxSpeedKmh: ['最高车速', 'Top speed'],
  speedKmh: ['车速', 'Speed'],
  neededKmh: ['所需车速', 'Speed it would need'],
  neededSpeedKmh: ['所需车速', 'Speed it would need'],
  distanceM: ['行驶距离', 'Driven'],
  drivenM: ['行驶距离', 'Driven'],
  distanceKm: ['相距', 'Apart'],
  km: ['相距', 'Apart'],
  'track-gap.distanceM': ['缺失距离', 'Length of the hole'],
  'sensor-contradiction.kind': ['哪里存疑', 'What is impossible'],
  'cloned-plate.kind': ['另一处', 'The other'],
  'speeding.seriousShare': ['升为违规的限速倍数', 'Serious from this share of the limit'],
  seriousCount: ['升为违规的次数', 'Serious at so many'],
  seriousDays: ['计次天数', 'Counted over'],
  percentOfRated: ['占核定载重', 'Of the rated load'],
  confidencePercent: ['置信度', 'Confidence'],
  activePermits: ['有效许可', 'Active permits'],
  load: ['载重状态', 'Load'],
  leastKg: ['最低载重', 'Least load'],
  mostKg: ['最高载重', 'Greatest load'],
  heldS: ['持续', 'Lasted'],
  beforeS: ['此前上报', 'Report before, by'],
  afterS: ['此后上报', 'Report after, by'],
  offM: ['偏离', 'Off by'],
  maxOffM: ['最远偏离', 'Farthest off'],
  movedM: ['移动', 'Moved'],
  odometerKm: ['里程增加', 'Odometer grew by'],
  outsideMin: ['时段外', 'Outside the hours by'],
  durationS: ['持续', 'Lasted'],
  lastedMs: ['持续', 'Lasted'],
  lastedS: ['持续', 'Lasted'],
  stoppedMin: ['已停', 'Stood for'],
  stoppedS: ['已停', 'Stood for'],
  silentS: ['失联', 'Silent for'],
  apartS: ['时间相差', 'Time between'],
  betweenS: ['时间相差', 'Time between'],
  loadKg: ['载重', 'Load'],
  ratedKg: ['核定载重', 'Rated load'],
  ratedLoadKg: ['核定载重', 'Rated load'],
  medianKg: ['载重中位', 'Median load'],
  maxLoadKg: ['最大载重', 'Greatest load'],
  peakLoadKg: ['最大载重', 'Greatest load'],
  baselineKg: ['基准载重', 'Load to compare with'],
  loadFromKg: ['起始载重', 'Load at first'],
  loadToKg: ['当前载重', 'Load now'],
  startLoadKg: ['起始载重', 'Load at first'],
  spreadKg: ['载重波动', 'Load varied by'],
  bedAngleDeg: ['斗角', 'Bed angle'],
  bedDeg: ['斗角', 'Bed angle'],
  maxBedDeg: ['最大斗角', 'Steepest bed'],
  certain: ['已证实卸载', 'Load seen to fall'],
  suspected: ['疑似', 'Suspected'],
  zone: ['限速区', 'Speed zone'],
  zoneId: ['限速区', 'Speed zone'],
  routeId: ['核准线路', 'Approved route'],
  route: ['核准线路', 'Approved route'],
  siteId: ['工地', 'Site'],
  site: ['工地', 'Site'],
  yardId: ['消纳场', 'Yard'],
  yard: ['消纳场', 'Yard'],
  lotId: ['停车场', 'Parking lot'],
  placeId: ['地点', 'Place'],
  place: ['地点', 'Place'],
  permitId: ['许可', 'Permit'],
  permit: ['许可', 'Permit'],
  permitted: ['核准', 'Permitted'],
  plate: ['车牌', 'Plate'],
  readPlate: ['读到的车牌', 'Plate as read'],
  camera: ['抓拍机', 'Camera'],
  cameraId: ['抓拍机', 'Camera'],
  otherCamera: ['另一抓拍机', 'Other camera'],
  otherCameraId: ['另一抓拍机', 'Other camera'],
  otherAt: ['另一次出现', 'Seen there'],
  seenAt: ['抓拍时间', 'Seen at'],
  at: ['时间', 'At'],
  direction: ['方向', 'Direction'],
  sighting: ['抓拍编号', 'Sighting'],
  sightingId: ['抓拍编号', 'Sighting'],
  other: ['另一来源', 'Other source'],
  trucks: ['车辆', 'Trucks'],
  terminals: ['终端', 'Terminals'],
  silent: ['失联终端', 'Silent terminals'],
  heard: ['此前在线', 'Heard before'],
  share: ['比例', 'Share'],
  sharePct: ['失联比例', 'Share silent'],
  online: ['此前在线', 'Online before'],
  silentShare: ['失联比例', 'Share silent'],
  times: ['7 天内次数', 'Times in 7 days'],
  count: ['次数', 'Times'],
  countIn7d: ['7 天内次数', 'Times in 7 days'],
  wasLoaded: ['当时为重车', 'It was loaded'],
  loaded: ['当时为重车', 'It was loaded'],
  ignition: ['点火', 'Ignition'],
  kind: ['方式', 'Way'],
  how: ['方式', 'Way'],
  certainty: ['确定程度', 'Certainty'],
  sensor: ['传感器', 'Sensor'],
};

const pick = (words: Record<string, [string, string]>, i: 0 | 1): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([name, both]) => [name, both[i]]));

export const measuresZh: MeasureWords = {
  evidence: pick(VALUES, 0),
  measure: pick(NAMES, 0),
  unit: { kmh: 'km/h', t: 't', deg: '°', s: '秒', min: '分', ms: '毫秒', m: 'm', km: 'km', days: '天' },
  span: {
    tenths: (s) => `${s} 秒`,
    seconds: (s) => `${s} 秒`,
    minutes: (m) => `${m} 分`,
    minutesSeconds: (m, s) => `${m} 分 ${s} 秒`,
    hours: (h, m) => (m === 0 ? `${h} 小时` : `${h} 小时 ${m} 分`),
    days: (d) => `${d} 天`,
  },
  none: '—',
  notSaid: '未上报',
  yes: '是',
  no: '否',
};
export const measuresEn: MeasureWords = {
  evidence: pick(VALUES, 1),
  measure: pick(NAMES, 1),
  unit: { kmh: 'km/h', t: 't', deg: '°', s: 's', min: 'min', ms: 'ms', m: 'm', km: 'km', days: 'days' },
  span: {
    tenths: (n) => `${n} s`,
    seconds: (n) => `${n} s`,
    minutes: (n) => `${n} min`,
    minutesSeconds: (m, s) => `${m} min ${s} s`,
    hours: (h, m) => (m === 0 ? `${h} h` : `${h} h ${m} min`),
    days: (d) => `${d} day${d === 1 ? '' : 's'}`,
  },
  none: '—',
  notSaid: 'not said',
  yes: 'yes',
  no: 'no',
};
