import { ruleCode, severity } from '@muckwatch/contract';
import { NO_FILTER, type QueueFilter, type Stage, STAGES } from './incidents.js';

/** What the queue shows, as the address says it: `tab=acknowledged&severity=critical,serious&rule=spill&late=no&who=<account>`. What is not said is the usual. */
export interface QueueView {
  tab: Stage;
  filter: QueueFilter;
}

export function viewOf(query: URLSearchParams): QueueView {
  const several = <T extends string>(name: string, known: readonly T[]): T[] => {
    const said = (query.get(name) ?? '').split(',');
    return known.filter((one) => said.includes(one));
  };
  return {
    tab: STAGES.find((stage) => stage === query.get('tab')) ?? 'open',
    filter: {
      rules: several('rule', ruleCode.options),
      severities: several('severity', severity.options),
      includeLate: query.get('late') !== 'no',
      assigneeId: query.get('who'),
    },
  };
}

/** Empty where everything is as usual; else with its `?`. */
export function addressOf({ tab, filter }: QueueView): string {
  const said: [string, string][] = [];
  if (tab !== 'open') said.push(['tab', tab]);
  if (filter.severities.length > 0) said.push(['severity', filter.severities.join()]);
  if (filter.rules.length > 0) said.push(['rule', filter.rules.join()]);
  if (filter.includeLate !== NO_FILTER.includeLate) said.push(['late', 'no']);
  if (filter.assigneeId !== null) said.push(['who', filter.assigneeId]);
  return said.length === 0 ? '' : `?${said.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`).join('&')}`;
}
