import type { Account } from '@muckwatch/contract';
import { useState } from 'react';
import Desk from './Desk.js';
import NightTheme from './NightTheme.js';

/** The control room and what belongs to it. */
export default function NightRoom({ account }: { account: Account }) {
  // A dispatcher comes in at the company; the control room is one press away.
  useState(() => {
    if (account.role === 'dispatcher' && (location.hash === '' || location.hash === '#/')) history.replaceState(null, '', '#/company');
  });
  return (
    <NightTheme>
      <Desk account={account} />
    </NightTheme>
  );
}
