import type { PermitResource } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';

type Counted = Pick<PermitResource, 'volumeM3' | 'hauledM3' | 'hauls' | 'estimatedHauls'>;

/** How much of what a permit allows is hauled, 1 and more: all of it. null: it allows any volume, or no truck's box is known. */
export function shareHauled({ volumeM3, hauledM3 }: Counted): number | null {
  return volumeM3 === null || hauledM3 === null ? null : hauledM3 / volumeM3;
}

/** «12,400 of 20,000 m³ · 62 % · 31 hauls estimated». null: no volume is set, and nothing hauled. */
export function hauledWords(permit: Counted, t: Words): string | null {
  const { volumeM3, hauledM3, hauls, estimatedHauls } = permit;
  const number = (m3: number) => Math.round(m3).toLocaleString(t.code);
  const h = t.permits.hauled;
  if (hauledM3 === null) return [...(volumeM3 === null ? [] : [t.permits.volume(number(volumeM3))]), h.unknown(hauls)].join(' · ');
  if (volumeM3 === null && hauls === 0) return null;
  const estimated = estimatedHauls > 0 ? [h.estimated(estimatedHauls)] : [];
  const said = volumeM3 === null ? [h.any(number(hauledM3))] : [h.of(number(hauledM3), number(volumeM3)), `${Math.floor((hauledM3 / volumeM3) * 100)} %`];
  return [...said, ...estimated].join(' · ');
}
