export const evidenceZh = {
  title: '证据',
  pack: '导出证据包',
  what: '一个 ZIP:报告、告警、轨迹、曲线、图片、告知与答复、判定依据的版本，以及每个文件的 SHA-256。导出记入审计。',
  sealed: (at: string) => `证据已于 ${at} 封存`,
  unsealed: '证据尚未封存：事件结束 2 分钟后，或确认违规时封存',
};
