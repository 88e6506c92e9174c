import type { Alert } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import type { Words } from '../i18n/zh.js';

/** Whom an alert is about: a truck of ours, a stranger by the plate that was read, nobody whose plate could be read, or no truck at all. */
export function whoWords({ truck, rule }: Pick<Alert, 'truck' | 'rule'>, words: Words): string {
  if (truck.id !== null) return plateWords(truck.plate ?? truck.id);
  if (truck.plate !== null) return words.queue.stranger(plateWords(truck.plate));
  return rule === 'platform-outage' ? words.queue.platform : words.queue.unknownTruck;
}
