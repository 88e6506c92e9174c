import { iso } from '../clock.js';
import type { Fix } from '../playback/fix.store.js';
import type { Column } from './table.js';

export interface TrackRow extends Fix {
  truckId: string;
  plate: string;
}

const yes = (value: boolean, language: 'zh' | 'en') => (language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no');

/** What a report said, as it said it: nothing is rounded, joined or left out. States are the protocol's words in either language, as they stand on the wire. */
export const TRACK_COLUMNS: Column<TrackRow>[] = [
  { zh: '车牌', en: 'plate', of: ({ plate }) => plate },
  { zh: '车辆', en: 'truck', of: ({ truckId }) => truckId },
  { zh: '终端', en: 'terminal', of: ({ source }) => source },
  { zh: '时间（UTC）', en: 'time (UTC)', of: ({ at }) => iso(at) },
  { zh: '纬度（WGS-84，°）', en: 'lat (WGS-84, °)', of: ({ point }) => point[1] },
  { zh: '经度（WGS-84，°）', en: 'lon (WGS-84, °)', of: ({ point }) => point[0] },
  { zh: '车速（km/h）', en: 'speed (km/h)', of: ({ speedKmh }) => speedKmh },
  { zh: '航向（°，正北起顺时针）', en: 'heading (° from north, clockwise)', of: ({ headingDeg }) => headingDeg },
  { zh: '海拔（m）', en: 'altitude (m)', of: ({ altitudeM }) => altitudeM },
  { zh: '定位精度（m）', en: 'accuracy (m)', of: ({ accuracyM }) => accuracyM },
  { zh: '卫星数', en: 'satellites', of: ({ satellites }) => satellites },
  { zh: '里程表（km）', en: 'odometer (km)', of: ({ odometerKm }) => odometerKm },
  { zh: '点火', en: 'ignition', of: ({ ignition }, language) => (ignition === null ? null : yes(ignition, language)) },
  { zh: '车斗', en: 'bed', of: ({ bed }) => bed },
  { zh: '车斗角度（°）', en: 'bed angle (°)', of: ({ bedAngleDeg }) => bedAngleDeg },
  { zh: '顶盖', en: 'cover', of: ({ cover }) => cover },
  { zh: '载重（kg）', en: 'load (kg)', of: ({ loadKg }) => loadKg },
  { zh: '载重状态', en: 'load state', of: ({ loadState }) => loadState },
  { zh: '收到（UTC）', en: 'heard (UTC)', of: ({ heardAt }) => iso(heardAt) },
  { zh: '盲区补传', en: 'buffered', of: ({ buffered }, language) => yes(buffered, language) },
  { zh: '迟到', en: 'late', of: ({ late }, language) => yes(late, language) },
  { zh: '存疑', en: 'doubt', of: ({ doubt }) => doubt },
];
