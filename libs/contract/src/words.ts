import type { AlertStatus, AlertStep, CommandStatus, NoticeStatus, NoticeStep, PlaceKind, Sentence, Severity } from '@muckwatch/domain';
import type { Role } from './auth.js';

type Words<T extends string> = Record<T, Sentence>;

/** All of them in one language. */
export function wordsIn<T extends string>(words: Words<T>, language: keyof Sentence): Record<T, string> {
  return Object.fromEntries(Object.entries<Sentence>(words).map(([name, word]) => [name, word[language]])) as Record<T, string>;
}

/** What people read on the page, in files, on paper, in messages and where something is refused: one word for one thing. */
export const SEVERITY_WORDS: Words<Severity> = {
  critical: { zh: '紧急', en: 'critical' },
  serious: { zh: '违规', en: 'serious' },
  minor: { zh: '关注', en: 'minor' },
};
export const ALERT_STATUS_WORDS: Words<AlertStatus> = {
  open: { zh: '待处置', en: 'open' },
  acknowledged: { zh: '处置中', en: 'in hand' },
  confirmed: { zh: '已确认违规', en: 'confirmed' },
  dismissed: { zh: '已排除', en: 'dismissed' },
};
export const ALERT_STEP_WORDS: Words<AlertStep> = {
  acknowledge: { zh: '受理', en: 'acknowledged' },
  confirm: { zh: '确认违规', en: 'confirmed the violation' },
  dismiss: { zh: '排除', en: 'dismissed' },
  reopen: { zh: '重新打开', en: 'reopened' },
};
export const PLACE_KIND_WORDS: Words<PlaceKind> = {
  site: { zh: '工地', en: 'Site' },
  yard: { zh: '消纳场', en: 'Yard' },
  'parking-lot': { zh: '停车场', en: 'Parking lot' },
  'wash-bay': { zh: '冲洗平台', en: 'Wash bay' },
  'no-go': { zh: '禁行区', en: 'No-go zone' },
  'speed-zone': { zh: '限速区', en: 'Speed zone' },
};
export const ROLE_WORDS: Words<Role> = {
  admin: { zh: '管理员', en: 'Administrator' },
  supervisor: { zh: '主管', en: 'Supervisor' },
  operator: { zh: '值班员', en: 'Operator' },
  'site-manager': { zh: '工地负责人', en: 'Site manager' },
  dispatcher: { zh: '企业调度', en: 'Dispatcher' },
  'yard-keeper': { zh: '消纳场管理员', en: 'Yard keeper' },
  viewer: { zh: '只读', en: 'Viewer' },
};
export const rolesZh = (roles: readonly Role[]): string => roles.map((role) => ROLE_WORDS[role].zh).join('、');
export const NOTICE_STATUS_WORDS: Words<NoticeStatus> = {
  open: { zh: '待答复', en: 'To answer' },
  acknowledged: { zh: '已确认，待答复', en: 'Acknowledged, to answer' },
  rectified: { zh: '已答复，等待审核', en: 'Answered, under review' },
  objected: { zh: '已提异议，等待审核', en: 'Objected, under review' },
  accepted: { zh: '已认可', en: 'Accepted' },
  'sent-back': { zh: '退回，请重新答复', en: 'Sent back, answer again' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
};
export const NOTICE_STEP_WORDS: Words<NoticeStep> = {
  acknowledge: { zh: '确认收到', en: 'acknowledged' },
  rectify: { zh: '提交整改答复', en: 'answered' },
  object: { zh: '提出异议', en: 'objected' },
  accept: { zh: '认可答复', en: 'accepted the answer' },
  'send-back': { zh: '退回答复', en: 'sent the answer back' },
};
export const COMMAND_STATUS_WORDS: Words<CommandStatus> = {
  asked: { zh: '待批准', en: 'asked' },
  refused: { zh: '未批准', en: 'refused' },
  queued: { zh: '排队', en: 'queued' },
  sent: { zh: '已发', en: 'sent' },
  received: { zh: '已收', en: 'received' },
  done: { zh: '完成', en: 'done' },
  failed: { zh: '失败', en: 'failed' },
  unsupported: { zh: '终端不支持', en: 'unsupported' },
  expired: { zh: '已过期', en: 'expired' },
};
