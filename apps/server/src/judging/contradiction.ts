/** Why an alert that judging again did not find is contradicted, as a sentence for people. */
export function whyContradicted(into: string | null, edited: boolean): { zh: string; en: string } {
  if (into !== null) return { zh: `补传数据表明它与告警 ${into} 是同一次违规`, en: `one episode with ${into}, as the reports that came later show` };
  if (edited)
    return {
      zh: '此后录入的许可、地点或限值使它不再成立',
      en: 'permits, places or limits that were entered since for that time no longer make it a violation',
    };
  return { zh: '补齐的轨迹不再支持它', en: 'the fuller track, with the reports that came later, no longer supports it' };
}
