import type { AlertStep, CommandStatus, NoticeStatus, NoticeStep, PlaceKind } from '@muckwatch/domain';
import type { Role } from '@muckwatch/contract';

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

export const PLACE_KINDS_ZH: Record<PlaceKind, string> = {
  site: '工地',
  yard: '消纳场',
  'parking-lot': '停车场',
  'wash-bay': '冲洗平台',
  'no-go': '禁行区',
  'speed-zone': '限速区',
};

export const ROLES_ZH: Record<Role, string> = {
  admin: '管理员',
  supervisor: '主管',
  operator: '值班员',
  'site-manager': '工地负责人',
  dispatcher: '企业调度',
  'yard-keeper': '消纳场管理员',
  viewer: '只读',
};

export const ALERT_STEP_ZH: Record<AlertStep, string> = { acknowledge: '受理', confirm: '确认违规', dismiss: '排除', reopen: '重新打开' };

export const NOTICE_ZH: { status: Record<NoticeStatus, string>; step: Record<NoticeStep, string> } = {
  status: {
    open: '待答复',
    acknowledged: '已确认，待答复',
    rectified: '已答复，等待审核',
    objected: '已提异议，等待审核',
    accepted: '已认可',
    'sent-back': '退回，请重新答复',
    withdrawn: '已撤销',
  },
  step: { acknowledge: '确认收到', rectify: '提交整改答复', object: '提出异议', accept: '认可答复', 'send-back': '退回答复' },
};

export const COMMAND_STATUS_ZH: Record<CommandStatus, string> = {
  asked: '待批准',
  refused: '未批准',
  queued: '排队',
  sent: '已发',
  received: '已收',
  done: '完成',
  failed: '失败',
  unsupported: '终端不支持',
  expired: '已过期',
};

export const rolesZh = (roles: readonly Role[]): string => roles.map((role) => ROLES_ZH[role]).join('、');
