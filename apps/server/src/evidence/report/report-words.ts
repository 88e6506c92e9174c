import type { AlertDetail } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import type { Surroundings } from '../around.js';
import type { VersionInForce } from '../evidence.store.js';
import type { Manifest } from '../manifest.js';
import { isUnchanged } from '../since-sealing.js';

type At = (time: string | number) => string;
type Pair = [label: string, value: string];

const STEPS = { acknowledge: '受理', confirm: '核实为违规', dismiss: '排除', reopen: '重新打开', assign: '交给' } as const;
const ANSWERS: Record<string, string> = {
  acknowledge: '知悉',
  rectify: '答复整改',
  object: '提出异议',
  accept: '采纳答复',
  'send-back': '退回答复',
  escalate: '升级',
  remind: '提醒',
  overdue: '逾期',
  withdraw: '撤销',
  reopen: '重新打开',
  'put-right': '驾驶员已纠正',
  tell: '告知',
};
const NOTICE_STATUS: Record<string, string> = {
  open: '未确认',
  acknowledged: '已知悉',
  rectified: '已答复整改',
  objected: '已提异议',
  accepted: '已采纳',
  'sent-back': '已退回',
  withdrawn: '已撤销',
};
const COMMANDS: Record<string, string> = {
  speak: '语音提醒',
  display: '屏幕提示',
  'set-interval': '上报间隔',
  capture: '拍照',
  'limit-lift': '限制举升',
  'limit-speed': '限速',
  release: '解除限制',
};
/** In which row of the report each kind stands. */
const ROWS: Record<VersionInForce['kind'], string> = {
  limits: '规则限值',
  permit: '处置核准',
  place: '场所、路线',
  route: '场所、路线',
  truck: '车辆、设备',
  terminal: '车辆、设备',
  camera: '车辆、设备',
};
/** Two pages hold no more; versions.json has all. */
const MOST_A_ROW = 6;

/**
 * What of it is a machine's and what a person's. The law is 行政处罚法 §41 in short, as domain knowledge cites it from its text; whether the devices were reviewed the
 * system cannot know, so that whoever uses the pack ticks it.
 */
export function natureOf(alert: Pick<AlertDetail, 'status' | 'decision' | 'contradicted' | 'changedSinceDecided'>, at: At) {
  const machine = '本报告的位置、速度、载重、车斗、顶盖及抓拍由车载终端和抓拍机自动记录，由系统按规则比对得出，未经人工加工。它是线索，不是对违法事实的认定。';
  const { title, text, decided } = personSaid(alert, at);
  const doubts = [
    ...(alert.contradicted ? [`系统其后于 ${at(alert.contradicted.at)} 判定数据不再支持本线索：${alert.contradicted.reasonZh}。`] : []),
    ...(alert.changedSinceDecided ? ['处理之后，补齐的数据改变了本线索，须重新核实。'] : []),
  ];
  const law =
    '《行政处罚法》第四十一条：利用电子技术监控设备收集、固定违法事实的，应当经过法制和技术审核，确保设备符合标准、设置合理、标志明显，设置地点应当向社会公布；' +
    '记录应当真实、清晰、完整、准确；未经审核或者经审核不符合要求的，不得作为行政处罚的证据；应当及时告知当事人，并为其查询、陈述和申辩提供便利。' +
    '系统没有设备审核情况的记录，由使用人核对：';
  const toCheck = ['法制审核', '技术审核', '符合标准', '设置合理、标志明显', '设置地点已公布', '已告知当事人'].map((what) => `□ ${what}`).join('　');
  return { machine, person: { title, text: [text, ...doubts].join(''), decided }, law, toCheck };
}

/** What an operator says in the control room binds nobody. */
const NO_DECISION = '系统中的核实不是行政处罚决定。';

function personSaid({ status, decision }: Pick<AlertDetail, 'status' | 'decision'>, at: At): { title: string; text: string; decided: boolean } {
  const reason = decision?.reason ? `，理由：${decision.reason}` : '';
  const who = decision ? `${decision.by} 于 ${at(decision.at)}` : '';
  switch (status) {
    case 'confirmed':
      return { title: '人工核实：确认', text: `${who} 核实，确认为违规${reason}。${NO_DECISION}`, decided: true };
    case 'dismissed':
      return { title: '人工核实：排除', text: `${who} 核实，予以排除${reason}。`, decided: true };
    case 'acknowledged':
      return { title: '人工核实：尚未完成', text: `${who} 受理，尚未核实。`, decided: false };
    case 'open':
      return { title: '人工核实：尚无', text: decision ? `${who} 重新打开${reason}，尚未再次核实。` : '尚无人核实。', decided: false };
  }
}

/** Everything in the order of time: the decisions, who was told and how they answered, what was asked of the truck. */
export function handling(alert: Pick<AlertDetail, 'steps' | 'putRight'>, { notices, commands }: Surroundings, at: At): Pair[] {
  const acts: { at: string; words: string }[] = [
    ...alert.steps.map((step) => ({ at: step.at, words: `${step.by} ${STEPS[step.step]}${step.reason ? `：${step.reason}` : ''}` })),
    ...notices.map(({ openedAt, number, recipient, status }) => ({
      at: openedAt,
      words: `告知 ${recipient.name}（${number}），现为${NOTICE_STATUS[status] ?? status}`,
    })),
    ...notices.flatMap(({ number, steps }) =>
      steps.map((step) => ({
        at: step.at,
        words: `${step.by} ${ANSWERS[step.step] ?? step.step}（${number}）${step.text ? `：${step.text}` : ''}${step.photos.length > 0 ? `，照片 ${step.photos.length} 张` : ''}`,
      })),
    ),
    ...commands.map(({ askedAt, askedBy, kind, automatic, text }) => ({
      at: askedAt,
      words: `${automatic ? '系统自动' : askedBy} ${COMMANDS[kind] ?? kind}${text ? `：${text}` : ''}`,
    })),
    ...(alert.putRight ? [{ at: alert.putRight.at, words: '语音提醒后，驾驶员按时纠正' }] : []),
  ];
  if (acts.length === 0) return [['—', '尚无人处理、告知。']];
  return acts.sort((a, b) => (a.at < b.at ? -1 : 1)).map((act) => [at(act.at).replace(/^\d+年/, ''), act.words]);
}

/** What the alert was judged by, kinds that belong together in one row. */
export function judgedBy({ versions, judged }: { versions: VersionInForce[]; judged: { foundAt: EpochMs; sameWorld: boolean } }, at: At): Pair[] {
  const byRow = new Map<string, string[]>([['规则限值', []]]);
  for (const version of versions) byRow.set(ROWS[version.kind], [...(byRow.get(ROWS[version.kind]) ?? []), versionWords(version, at)]);
  if (byRow.get('规则限值')!.length === 0) byRow.set('规则限值', ['系统默认值，未经修改']);
  const kinds = [...byRow].map(([row, words]): Pair => {
    const more = words.length > MOST_A_ROW ? `；另 ${words.length - MOST_A_ROW} 项见 versions.json` : '';
    return [row, `${words.slice(0, MOST_A_ROW).join('；')}${more}`];
  });
  const same = judged.sameWorld ? '判定时所用的版本与今日所载一致' : '此后补录了追溯到当时的版本，与判定时所用的不同';
  return [...kinds, ['版本核对', same]];
}

function versionWords({ kind, id, version, fromAt, data }: VersionInForce, at: At): string {
  const since = fromAt === null ? '登记之初' : at(fromAt).split(' ')[0];
  return `${nameOf(kind, id, data)} 第 ${version} 版，${since}起${data === null ? '停用' : ''}`;
}

function nameOf(kind: VersionInForce['kind'], id: string, data: VersionInForce['data']): string {
  const { properties, plate, truckId } = (data ?? {}) as { properties?: { name?: string }; plate?: string; truckId?: string };
  if (kind === 'terminal') return truckId === undefined ? `终端 ${id}` : `终端 ${id} 装于 ${truckId}`;
  if (kind === 'camera') return `抓拍机 ${id}`;
  const name = properties?.name ?? plate;
  return name === undefined || name === id ? id : `${name}（${id}）`;
}

export function integrity({ manifest, manifestSha256 }: { manifest: Manifest; manifestSha256: string }, at: At): Pair[] {
  const { exporter, exportedAt, audit, files, missing } = manifest;
  const who = exporter.name === exporter.username ? exporter.name : `${exporter.name}（${exporter.username}）`;
  const made = `${manifest.generator.name} ${manifest.generator.version} 生成`;
  return [
    ['清单 SHA-256', manifestSha256],
    ...sealedRows(manifest, at),
    ['审计封条', audit.seal ? `第 ${audit.seal.number} 号 ${audit.seal.sha256}` : '尚无，每分钟封存一次'],
    ['导出', `${who}，${at(exportedAt.utc)}；${files.length + 3} 个文件${missing.length > 0 ? `，缺失图片 ${missing.length} 张` : ''}；${made}`],
  ];
}

/** Where the reports that are drawn come from. */
export function reportsWords({ number, of, whole }: Manifest['reports']): string {
  const from = { log: '取自报文库', seal: '报文库已清除，取自封存', nothing: '非登记车辆，无报文' }[of];
  return `报文 ${number} 条，${from}${whole ? '' : '，过多，只收录了前一部分'}`;
}

function sealedRows({ sealed }: Manifest, at: At): Pair[] {
  if (!sealed) return [['封存', '尚未封存：事件结束 2 分钟后或经人工确认时，系统自动封存']];
  const { fields, reports } = sealed.sinceSealing;
  const changes = [
    ...(fields.length > 0 ? [`告警的 ${fields.join('、')} 已变`] : []),
    ...(reports.added > 0 ? [`新增报文 ${reports.added} 条`] : []),
    ...(reports.removed > 0 ? [`报文库缺少 ${reports.removed} 条`] : []),
    ...(reports.changed > 0 ? [`报文改变 ${reports.changed} 条`] : []),
  ];
  const since = isUnchanged(sealed.sinceSealing) ? '告警与报文均未改变' : changes.join('；');
  return [
    ['封存 SHA-256', sealed.sha256],
    [
      '封存核对',
      `${at(sealed.at)} 封存；${sealed.holds ? '封存的原文与其 SHA-256 相符' : '封存的原文与其 SHA-256 不符，已被改动'}；封存以来${since}${sealed.current ? '' : '；重新判定后尚未再次封存'}`,
    ],
  ];
}
