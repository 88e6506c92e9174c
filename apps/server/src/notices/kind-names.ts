import type { Notice } from '@muckwatch/contract';
import { RULES, type VolumeKind } from '@muckwatch/domain';

type Words = { zh: string; en: string };

const COUNTED: Words = {
  zh: '按已消纳的趟次乘以各车箱容计；箱容未知的车按全市车辆箱容的中位数估计。',
  en: 'Counted as delivered hauls times the box of each truck; a truck without a known box counts as the fleet’s median.',
};

/** The volume notices in the words of a rule. */
export const VOLUME_RULES: Record<VolumeKind, { name: Words; description: Words }> = {
  'volume-90': { name: { zh: '核准量已运 90 %', en: '90 % of the permitted volume hauled' }, description: COUNTED },
  'volume-100': { name: { zh: '核准量已运完', en: 'The permitted volume is used up' }, description: COUNTED },
};

export function kindName(kind: Notice['kind']): Words {
  if (kind === 'volume-90' || kind === 'volume-100') return VOLUME_RULES[kind].name;
  return RULES.find(({ code }) => code === kind)?.name ?? { zh: kind, en: kind };
}
