import type { Account } from '@muckwatch/contract';
import { type ReactNode } from 'react';
import { may } from '../auth/may.js';
import { useSession } from '../auth/session.js';
import type { Words } from '../i18n/index.js';
import type { PageName, Route } from './router.js';
import { part } from './part.js';

const ControlRoom = part(() => import('./ControlRoom.js'));
const CityPage = part(() => import('../city/CityPage.js'));
const PermitsPage = part(() => import('../permits/PermitsPage.js'));
const DrawingPage = part(() => import('../drawing/DrawingPage.js'));
const SystemPage = part(() => import('../system/SystemPage.js'));
const CompanyPage = part(() => import('../company/CompanyPage.js'));
const HaulsPage = part(() => import('../hauls/HaulsPage.js'));
const LabPage = part(() => import('../lab/LabPage.js'));
const ReviewPage = part(() => import('../review/ReviewPage.js'));
const HandoversPage = part(() => import('../shift/HandoversPage.js'));
const PlaybackPage = part(() => import('../playback/PlaybackPage.js'));
const PeoplePage = part(() => import('../people/PeoplePage.js'));
const CamerasPage = part(() => import('../cameras/CamerasPage.js'));
const RegistryPage = part(() => import('../registry/RegistryPage.js'));
const HelpPage = part(() => import('../help/HelpPage.js'));
const AuditPage = part(() => import('../audit/AuditPage.js'));

/** What people come for, in the order in which the menu says it. */
export const GROUPS = ['watch', 'look-back', 'keep', 'run'] as const;
export type Group = (typeof GROUPS)[number];

export interface Page {
  title: (t: Words) => string;
  /** Its name in the menu, where it is shorter than the title. */
  menu?: (t: Words) => string;
  group: Group;
  /** Whose page it is; everybody's unless said. */
  may?: (account: Account) => boolean;
  /** Whether the menu offers it, where the page itself tells others why it is not for them. */
  offered?: (account: Account) => boolean;
  draw: (account: Account, route: Route) => ReactNode;
}

/** Every page behind the sign-in: what a new one needs is its name in `router.ts` and its entry here. */
export const PAGE: Record<Exclude<PageName, 'reset'>, Page> = {
  map: { group: 'watch', title: (t) => t.queue.title, menu: (t) => t.top.map, draw: () => <ControlRoom /> },
  city: { group: 'watch', title: (t) => t.cityPage.title, draw: (_, { rest }) => <CityPage said={rest} /> },
  cameras: {
    group: 'watch',
    title: (t) => t.cameras.title,
    // A camera is no company's business: what it saw of the company's trucks stands with the trucks.
    may: ({ role }) => role !== 'dispatcher',
    draw: (_, { rest }) => <CamerasPage chosen={rest} />,
  },
  company: {
    group: 'watch',
    title: (t) => t.company.title,
    may: ({ role }) => role === 'dispatcher',
    draw: (account, { rest }) => <CompanyPage account={account} said={rest} />,
  },
  review: {
    group: 'watch',
    title: (t) => t.review.title,
    may: (account) => may(account, 'review'),
    draw: (_, { rest }) => <ReviewPage said={rest} />,
  },
  handovers: {
    group: 'look-back',
    title: (t) => t.shifts.menu,
    may: (account) => may(account, 'decide'),
    draw: () => <HandoversPage />,
  },
  hauls: { group: 'look-back', title: (t) => t.hauls.title, menu: (t) => t.hauls.menu, draw: (_, { rest, query }) => <HaulsPage said={rest} query={query} /> },
  playback: {
    group: 'look-back',
    title: (t) => t.playback.title,
    // A truck's whole day is its company's and the city's to know.
    may: ({ role }) => role !== 'site-manager' && role !== 'yard-keeper',
    draw: (_, { query }) => <PlaybackPage query={query.toString()} />,
  },
  permits: { group: 'keep', title: (t) => t.permits.title, menu: (t) => t.top.permits, draw: (_, { rest }) => <PermitsPage permitId={rest} /> },
  registry: {
    group: 'keep',
    title: (t) => t.registry.title,
    menu: (t) => t.registry.menu,
    draw: (account, { rest, query }) => <RegistryPage account={account} said={rest} query={query} />,
  },
  places: { group: 'keep', title: (t) => t.drawing.title, draw: (_, { rest }) => <DrawingPage placeId={rest} /> },
  people: {
    group: 'keep',
    title: (t) => t.people.title,
    menu: (t) => t.top.people,
    may: (account) => may(account, 'administer'),
    draw: (_, { rest }) => <PeoplePage said={rest} />,
  },
  lab: { group: 'run', title: (t) => t.lab.title, offered: (account) => may(account, 'see-city'), draw: () => <LabPage /> },
  audit: { group: 'run', title: (t) => t.audit.title, menu: (t) => t.top.audit, may: (account) => may(account, 'audit'), draw: () => <AuditPage /> },
  system: { group: 'run', title: (t) => t.system.title, menu: (t) => t.top.system, draw: () => <SystemPage /> },
  help: { group: 'run', title: (t) => t.help.title, draw: (_, { rest, query }) => <HelpPage said={rest} rule={query.get('rule')} /> },
};

/** An address of a page that is not one's own leads to the control room: the server would refuse all that stands on it. */
export function pageOf(account: Account, { page }: Route): Page {
  const found = page === 'reset' ? PAGE.map : PAGE[page];
  return (found.may?.(account) ?? true) ? found : PAGE.map;
}

/** Whether the one who sits here may open a page: a way to one that is not theirs is not offered. */
export const useMayOpen = (name: keyof typeof PAGE): boolean =>
  useSession(({ session }) => session.state === 'in' && (PAGE[name].may?.(session.account) ?? true));

/** The pages of this account, by group. */
export function menuOf(account: Account): { group: Group; pages: { name: PageName; page: Page }[] }[] {
  const all = Object.entries(PAGE).map(([name, page]) => ({ name: name as PageName, page }));
  return GROUPS.map((group) => ({
    group,
    pages: all.filter(({ page }) => page.group === group && (page.may ?? page.offered ?? (() => true))(account)),
  })).filter(({ pages }) => pages.length > 0);
}
