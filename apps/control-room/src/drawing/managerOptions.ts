import type { Manager } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';

export interface ManagerOption {
  value: string;
  label: string;
  /** Two of the same name are told apart by what they answer for. */
  about: string;
}

/** Those who were found, and those who are chosen already: of whom nothing is known, by their id. */
export function managerOptions(
  chosen: readonly string[],
  found: readonly Manager[],
  known: ReadonlyMap<string, Manager>,
  t: Pick<Words, 'role' | 'list' | 'drawing'>,
): ManagerOption[] {
  const option = ({ accountId, name, role, places }: Manager): ManagerOption => ({
    value: accountId,
    label: name,
    about: [t.role[role], places.length > 0 ? t.list(places.map((place) => place.name)) : t.drawing.managersFree].join(' · '),
  });
  const others = chosen.filter((id) => !found.some(({ accountId }) => accountId === id));
  return [
    ...found.map(option),
    ...others.map((id) => {
      const one = known.get(id);
      return one ? option(one) : { value: id, label: t.drawing.managersUnknown(id), about: '' };
    }),
  ];
}
