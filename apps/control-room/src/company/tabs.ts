export const TABS = ['trucks', 'alerts', 'notices', 'objections', 'permits', 'drivers'] as const;
export type Tab = (typeof TABS)[number];

export const tabOf = (said: string | null): Tab => TABS.find((tab) => tab === said) ?? 'trucks';
