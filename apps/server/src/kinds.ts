/** Kinds of things by their English names, and what they are called in Chinese. */
export const KINDS = {
  company: '企业',
  truck: '车辆',
  driver: '驾驶员',
  terminal: '终端',
  camera: '抓拍机',
  place: '场所',
  route: '线路',
  permit: '许可',
  district: '区县',
  yard: '消纳场',
  alert: '告警',
  snooze: '静默',
  command: '指令',
  notice: '通知',
  'notice rule': '通知规则',
  handover: '交班记录',
  haul: '趟次',
  account: '账号',
  'API token': 'API 令牌',
} as const;
export type Kind = keyof typeof KINDS;
