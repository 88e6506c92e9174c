import type { Alert } from '@muckwatch/contract';
import { Dropdown } from 'antd';
import { type ReactElement, useState } from 'react';
import { itemsOf } from '../app/api.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import { assign, myId } from './assign.js';

interface Person {
  accountId: string;
  name: string;
}

/** Whom the incidents of these alerts may be given to: asked of the server when it opens, about the first of them. */
export function AssignMenu({ alerts, children }: { alerts: readonly Alert[]; children: ReactElement }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const first = alerts[0];
  const read = useRead<unknown>(open && first ? `/alerts/${encodeURIComponent(first.id)}/assignees` : null);
  const me = myId();
  const people = read.state === 'read' ? itemsOf<Person>(read.answer) : [];
  const items = [
    ...(me === null ? [] : [{ key: me, label: t.shifts.me }]),
    ...people.filter(({ accountId }) => accountId !== me).map(({ accountId, name }) => ({ key: accountId, label: name })),
    ...(read.state === 'reading' ? [{ key: '', label: t.loading(t.shifts.people), disabled: true }] : []),
    ...(read.state === 'failed' ? [{ key: '', label: read.words, disabled: true }] : []),
    { type: 'divider' as const },
    { key: '-', label: t.shifts.nobody },
  ];
  return (
    <Dropdown
      open={open}
      onOpenChange={setOpen}
      trigger={['click']}
      menu={{
        items,
        onClick: ({ key }) => {
          setOpen(false);
          void assign(alerts, key === '-' ? null : key);
        },
      }}
    >
      {children}
    </Dropdown>
  );
}
