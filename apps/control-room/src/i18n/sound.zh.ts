/** What is heard of what comes in. */
export const soundZh = {
  title: '声音',
  isOn: '声音开（按 M 静音）',
  isOff: '已静音（按 M 打开）',
  blocked: '浏览器在第一次点击前不允许出声，点此开启提示音',
  on: '有新事件时出声',
  always: '总会响',
  attempt: '试听',
  attemptOf: (severity: string) => `试听「${severity}」的声音`,
  volume: '音量',
  once: '一件事只响一次，变得更重才再响；补传、静默、存疑和已处置的不响。按账号记在这台电脑上。',
};
