/** A word of the field: what it is called in both languages, and what it means. */
export interface Term {
  zh: string;
  en: string;
  means: { zh: string; en: string };
}

/** The words of pages, notices and interfaces, in the order in which a newcomer meets them. */
export const GLOSSARY: readonly Term[] = [
  {
    zh: '渣土车',
    en: 'Muck truck',
    means: { zh: '运输建筑垃圾（渣土）的车辆，以车牌识别。', en: 'A truck that carries construction waste (muck); known by its plate.' },
  },
  { zh: '运输企业', en: 'Company', means: { zh: '拥有车辆、取得核准、承担运输的企业。', en: 'Owns the trucks, is granted the permits and does the hauling.' } },
  {
    zh: '车载终端',
    en: 'Terminal',
    means: { zh: '装在车上的设备：上报位置和传感器，接收指令。', en: 'The unit on board: it reports position and sensors, and receives commands.' },
  },
  { zh: '上报', en: 'Report', means: { zh: '终端说明某一时刻的一条数据。', en: 'What a terminal said of one instant.' } },
  {
    zh: '补传',
    en: 'Late, buffered',
    means: {
      zh: '没有信号时存在终端里、之后才传来的上报。按发生时间重新判定，不响铃。',
      en: 'Reports kept in the terminal while out of coverage. They are judged at the time at which they happened, and make no noise.',
    },
  },
  {
    zh: '存疑',
    en: 'Doubt',
    means: {
      zh: '上报难以置信（位置跳变、精度差）的原因。存疑的上报留存，但不据以判定。',
      en: 'Why a report is hard to believe (a jump, poor accuracy). It is kept, and nothing is concluded from it.',
    },
  },
  {
    zh: '隔离',
    en: 'Quarantine',
    means: {
      zh: '无法使用的报文连同原始内容和原因存放处；登记或修复后可重新送入。',
      en: 'Where messages that cannot be used are kept with their bytes and the reason; they can be offered again once mended.',
    },
  },
  { zh: '抓拍', en: 'Sighting', means: { zh: '场地摄像机在某一时刻看到的。', en: 'What a site camera saw at one instant.' } },
  { zh: '工地', en: 'Site', means: { zh: '产生渣土的建设工地，以边界多边形登记。', en: 'A construction site that muck leaves; registered as a polygon.' } },
  { zh: '消纳场', en: 'Disposal yard', means: { zh: '核准接收渣土的场所。', en: 'A place that may take muck.' } },
  { zh: '停车场', en: 'Parking lot', means: { zh: '车辆夜间应停放的场所。', en: 'Where trucks belong when they do not haul.' } },
  {
    zh: '禁行区',
    en: 'No-go zone',
    means: { zh: '车辆不得进入的区域，可限定时段。', en: 'An area that trucks must not enter, perhaps only in certain hours.' },
  },
  { zh: '限速区', en: 'Speed zone', means: { zh: '有自己限速的区域。', en: 'An area with a limit of its own.' } },
  {
    zh: '核准路线',
    en: 'Route',
    means: { zh: '带宽度的线：偏出一半宽度以外即为偏离。', en: 'An approved line with a width: more than half of it away is off the route.' },
  },
  {
    zh: '处置核准（许可）',
    en: 'Permit',
    means: {
      zh: '谁可以从哪个工地、走哪些路线、在什么时段、运到哪些消纳场、共多少方。',
      en: 'Who may haul from which site, on which routes, in which hours, to which yards, and how much.',
    },
  },
  {
    zh: '一趟运输',
    en: 'Haul',
    means: {
      zh: '一车渣土的经过：装车、离开工地、在消纳场卸下。',
      en: 'What a truck did with one load: loaded, left the site, tipped at a yard.',
    },
  },
  {
    zh: '方量',
    en: 'Volume',
    means: { zh: '趟数 × 车厢容积；没有登记容积的车按全市中位数估算。', en: 'Hauls × the truck’s box; a truck without one counts as the fleet’s median.' },
  },
  { zh: '规则', en: 'Rule', means: { zh: '什么是违规，连同用来比较的限值。', en: 'What is forbidden, with the limits it compares with.' } },
  { zh: '告警', en: 'Alert', means: { zh: '规则发现的一次违规，连同依据。', en: 'One violation that a rule found, with its evidence.' } },
  {
    zh: '事件',
    en: 'Incident',
    means: { zh: '同一趟运输的所有告警，在队列里是一行。', en: 'All alerts of one haul: one row in the queue.' },
  },
  {
    zh: '受理 / 确认 / 排除',
    en: 'Acknowledge / confirm / dismiss',
    means: {
      zh: '有人在看 / 确属违规 / 不是违规（写明理由）。',
      en: 'Somebody looks at it / it is a violation / it is none, with the reason.',
    },
  },
  {
    zh: '已不成立',
    en: 'Contradicted',
    means: {
      zh: '更完整的数据到来后规则不再成立；告警保留并写明原因。',
      en: 'Fuller data no longer supports it: the alert stays and says why.',
    },
  },
  {
    zh: '静默',
    en: 'Snooze',
    means: {
      zh: '一辆车的一条规则在某时之前不响铃；告警照样记录。',
      en: 'One truck’s alerts of one rule ring nobody until a time; they are recorded all the same.',
    },
  },
  {
    zh: '通知单',
    en: 'Notice',
    means: { zh: '就告警告知工地、企业或消纳场，要求签收并答复。', en: 'Tells a site, company or yard of an alert, to be acknowledged and answered.' },
  },
  {
    zh: '整改 / 申辩',
    en: 'Rectification / objection',
    means: {
      zh: '对通知单的两种答复：已改正（附照片），或不认可（写理由）。',
      en: 'The two answers to a notice: put right, with photos; or objected to, with a reason.',
    },
  },
  {
    zh: '经提醒改正',
    en: 'Put right after a word',
    means: { zh: '驾驶员听到语音提醒后在规定时间内改正，单独计数。', en: 'The driver heard a sentence and put it right in time; counted apart.' },
  },
  {
    zh: '指令 / 回复',
    en: 'Command / reply',
    means: { zh: '下发给终端的话语、拍照或管控，以及终端的回答。', en: 'What is sent to a terminal — a sentence, a photo, a control — and its answer.' },
  },
  {
    zh: '管控',
    en: 'Control',
    means: {
      zh: '限举升、限速。一人申请、另一人批准，到时自动解除。',
      en: 'Limits the lift or the speed. Asked for by one person, approved by another, and ends by itself.',
    },
  },
  {
    zh: '证据封存',
    en: 'Sealed evidence',
    means: {
      zh: '事件结束后把依据复制并算出摘要，之后的改动都会被发现。',
      en: 'The evidence is copied and hashed when the episode is over: any later change shows.',
    },
  },
  {
    zh: '坐标系',
    en: 'Coordinates',
    means: { zh: '系统一律存 WGS-84 经纬度。', en: 'Everything is stored in WGS-84 degrees.' },
  },
];
