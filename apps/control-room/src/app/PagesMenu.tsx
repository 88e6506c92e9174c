import { MenuOutlined } from '@ant-design/icons';
import type { Account } from '@muckwatch/contract';
import { Dropdown } from 'antd';
import { useWords } from '../i18n/index.js';
import { menuOf } from './pages.js';
import { type PageName } from './router.js';

/** All pages of this account, one press away from each of them. */
export function PagesMenu({ account, page }: { account: Account; page: PageName }) {
  const t = useWords();
  const items = menuOf(account).map(({ group, pages }) => ({
    type: 'group' as const,
    key: `group-${group}`,
    label: t.top.groups[group],
    children: pages.map(({ name, page: { menu, title } }) => ({
      key: name,
      label: (
        <a href={name === 'map' ? '#/' : `#/${name}`} aria-current={name === page ? 'page' : undefined} data-testid={`menu-${name}`}>
          {(menu ?? title)(t)}
        </a>
      ),
    })),
  }));
  return (
    <Dropdown menu={{ items, selectedKeys: [page] }} trigger={['click']} placement="bottomLeft">
      <button className="top-button top-pages" aria-label={t.top.pages} title={t.top.pages} data-testid="pages">
        <MenuOutlined />
      </button>
    </Dropdown>
  );
}
