/** What is reported to leadership. */
export const FIGURE_IDS = ['sites', 'lots', 'rectified', 'cleared', 'volume'] as const;
export type FigureId = (typeof FIGURE_IDS)[number];

/** How good the data are; the first four are shares of trucks and of kilometres, the rest of reports. */
export const METRIC_IDS = ['inNetwork', 'online', 'complete', 'drift', 'valid', 'late', 'sensorUnknown'] as const;
export type MetricId = (typeof METRIC_IDS)[number];

interface Said {
  name: string;
  definition: string;
  numerator: string;
  denominator: string;
}
export interface Definition {
  zh: Said;
  en: Said;
  /** What `value` of a figure is counted in. */
  unit: { zh: string; en: string };
  /** No published definition was found: this one is ours. */
  ours: boolean;
  /** A share is better the lower it is. */
  lowIsGood?: boolean;
}

/** The gap rule of completeness, published with every figure that rests on it. */
export const GAP = { km: 2, minutes: 5, movedM: 500 } as const;
/** Latency is counted in classes; a class is known by its upper bound, s. The last takes what is slower still. */
export const LATENCY_CLASSES_S = [1, 2, 5, 10, 30, 60, 300, 3_600] as const;
/** Fewer reviewed alerts say little of a rule. */
export const FEW_REVIEWED = 20;

/** The one place where figures are defined: page, paper and spreadsheet read it here. */
export const FIGURES: Record<FigureId, Definition> = {
  sites: {
    zh: {
      name: '纳入监管工地',
      definition: '已登记且围栏在期末有效的工地数；围栏有效时，车辆进出与装载均被判别。',
      numerator: '期末围栏有效的工地',
      denominator: '已登记（未注销）的工地',
    },
    en: {
      name: 'Sites watched',
      definition: 'Registered sites whose fence is in force at the end of the period: trucks are judged against them.',
      numerator: 'sites whose fence is in force at the end',
      denominator: 'registered sites, retired ones left out',
    },
    unit: { zh: '个', en: 'sites' },
    ours: true,
  },
  lots: {
    zh: {
      name: '纳入监管停车场',
      definition: '已登记且围栏在期末有效的停车场数。',
      numerator: '期末围栏有效的停车场',
      denominator: '已登记（未注销）的停车场',
    },
    en: {
      name: 'Parking lots watched',
      definition: 'Registered parking lots whose fence is in force at the end of the period.',
      numerator: 'parking lots whose fence is in force at the end',
      denominator: 'registered parking lots, retired ones left out',
    },
    unit: { zh: '个', en: 'lots' },
    ours: true,
  },
  rectified: {
    zh: {
      name: '责令整改',
      definition: '期内发出的涉车告知单份数，撤销的不计。比例为其中被告知人已答复整改的。',
      numerator: '已答复整改的告知单',
      denominator: '期内发出的涉车告知单',
    },
    en: {
      name: 'Orders to rectify',
      definition: 'Notices about a truck told in the period, withdrawn ones left out. The share is of those answered by rectification.',
      numerator: 'notices answered by rectification',
      denominator: 'notices about a truck told in the period',
    },
    unit: { zh: '份', en: 'notices' },
    ours: true,
  },
  cleared: {
    zh: {
      name: '抛洒倾倒点清除',
      definition: '期内发生、经人工核实的抛洒滴漏与乱倾乱倒告警中，违规过程已结束的处数。路面是否清扫，系统不知道。',
      numerator: '已核实且过程已结束',
      denominator: '已核实的抛洒滴漏与乱倾乱倒告警',
    },
    en: {
      name: 'Spills and dumpings cleared',
      definition: 'Spills and dumpings of the period that a person confirmed and whose episode has ended. Whether the road was swept is not known here.',
      numerator: 'confirmed, and the episode has ended',
      denominator: 'confirmed spills and dumpings',
    },
    unit: { zh: '处', en: 'places' },
    ours: true,
  },
  volume: {
    zh: {
      name: '清运方量',
      definition: '期内驶出工地并在消纳场卸载、未被拒收的趟次，乘以各车箱容；箱容未知的车按全市车辆箱容的中位数估计。',
      numerator: '已卸载且未被拒收的趟次',
      denominator: '期内驶出的全部趟次',
    },
    en: {
      name: 'Volume hauled',
      definition:
        'Loads that left in the period, were tipped and not refused, times the box of each truck; a truck without a known box counts as the fleet’s median.',
      numerator: 'loads tipped and not refused',
      denominator: 'all loads that left in the period',
    },
    unit: { zh: 'm³', en: 'm³' },
    ours: true,
  },
};

export const METRICS: Record<MetricId, Definition> = {
  inNetwork: {
    zh: { name: '入网率', definition: '曾上传过至少一条有效数据的车辆占已登记车辆的比例。', numerator: '曾上传有效数据的车辆', denominator: '已登记车辆' },
    en: {
      name: 'In network',
      definition: 'Trucks that ever sent a valid report, of those registered.',
      numerator: 'trucks ever heard',
      denominator: 'registered trucks',
    },
    unit: { zh: '辆', en: 'trucks' },
    ours: false,
  },
  online: {
    zh: { name: '上线率', definition: '期内上传过有效数据的车辆占入网车辆的比例。', numerator: '期内上线的车辆', denominator: '入网车辆' },
    en: {
      name: 'Online',
      definition: 'Trucks that sent a valid report in the period, of those in the network.',
      numerator: 'trucks heard in the period',
      denominator: 'trucks in the network',
    },
    unit: { zh: '辆', en: 'trucks' },
    ours: true,
  },
  complete: {
    zh: {
      name: '轨迹完整率',
      definition: `完整里程 / 总里程。相邻两条有效数据相距超过 ${GAP.km} km，或间隔超过 ${GAP.minutes} 分钟且相距超过 ${GAP.movedM} m，其间里程不完整。里程按相邻点直线距离；不完整段取直线与里程表的较大者。`,
      numerator: '完整里程（km）',
      denominator: '总里程（km）',
    },
    en: {
      name: 'Track complete',
      definition: `Complete km / all km. Between two valid reports more than ${GAP.km} km apart, or more than ${GAP.minutes} min and ${GAP.movedM} m apart, the track is not complete. Straight lines between fixes; over a gap the greater of line and odometer.`,
      numerator: 'complete km',
      denominator: 'all km',
    },
    unit: { zh: 'km', en: 'km' },
    ours: false,
  },
  drift: {
    zh: {
      name: '漂移车辆率',
      definition: '期内出现过位置跳变（200 m 以上且需 200 km/h 以上）的车辆占上线车辆的比例，越低越好。',
      numerator: '有漂移的车辆',
      denominator: '期内上线的车辆',
    },
    en: {
      name: 'Drifting trucks',
      definition: 'Trucks with a jump (over 200 m at more than 200 km/h), of those online. Lower is better.',
      numerator: 'trucks that jumped',
      denominator: 'trucks online',
    },
    unit: { zh: '辆', en: 'trucks' },
    ours: true,
    lowIsGood: true,
  },
  valid: {
    zh: {
      name: '数据合格率',
      definition: '没有疑点（精度优于 500 m、无跳变）的数据占全部定位数据的比例。',
      numerator: '有效数据条数',
      denominator: '全部数据条数',
    },
    en: {
      name: 'Valid reports',
      definition: 'Reports without a doubt (better than 500 m, no jump), of all.',
      numerator: 'valid reports',
      denominator: 'all reports',
    },
    unit: { zh: '条', en: 'reports' },
    ours: true,
  },
  late: {
    zh: { name: '补传率', definition: '比同车更新的数据晚到的数据所占比例，越低越好。', numerator: '晚到的数据条数', denominator: '全部数据条数' },
    en: {
      name: 'Late reports',
      definition: 'Reports that came after newer ones of their truck. Lower is better.',
      numerator: 'late reports',
      denominator: 'all reports',
    },
    unit: { zh: '条', en: 'reports' },
    ours: true,
    lowIsGood: true,
  },
  sensorUnknown: {
    zh: {
      name: '传感器未知率',
      definition: '载重、举升、顶盖三项状态中没有上报或上报为故障的比例，越低越好。',
      numerator: '未上报或故障的项次',
      denominator: '数据条数 × 3',
    },
    en: {
      name: 'Sensors unknown',
      definition: 'Of load, bed and cover, what reports do not say, or say to be at fault. Lower is better.',
      numerator: 'states not said or at fault',
      denominator: 'reports × 3',
    },
    unit: { zh: '项', en: 'states' },
    ours: true,
    lowIsGood: true,
  },
};

/** What has no rows of its own. */
export const PLATFORM: Definition = {
  zh: { name: '平台连通率', definition: '服务器在运行、已连上消息代理且能写入数据库的分钟数占总分钟数的比例。', numerator: '连通分钟', denominator: '总分钟' },
  en: {
    name: 'Platform availability',
    definition: 'Minutes in which the server ran, was joined to its broker and could write, of all minutes.',
    numerator: 'minutes available',
    denominator: 'all minutes',
  },
  unit: { zh: '分钟', en: 'min' },
  ours: true,
};
export const LATENCY: Definition = {
  zh: { name: '时延', definition: '从定位时刻到平台收到；盲区补传的数据不计。按时延分档，取所在档上限。', numerator: '—', denominator: '实时数据条数' },
  en: {
    name: 'Latency',
    definition: 'From fix to heard; what was stored on the way is left out. Counted in classes, the upper bound is said.',
    numerator: '—',
    denominator: 'live reports',
  },
  unit: { zh: 's', en: 's' },
  ours: true,
};
