import type { Account } from '@muckwatch/contract';
import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState } from 'react';
import { nightTheme } from '../theme/antdTheme.js';
import { keepTheme } from '../theme/theme.js';
import Desk from './Desk.js';

/** Everything that is made with Ant Design: a telephone never fetches it. */
export default function NightRoom({ account, language }: { account: Account; language: 'zh' | 'en' }) {
  useEffect(() => keepTheme('dark'), []);
  // A dispatcher comes in at the company; the control room is one press away.
  useState(() => {
    if (account.role === 'dispatcher' && (location.hash === '' || location.hash === '#/')) history.replaceState(null, '', '#/company');
  });
  return (
    // Ant Design puts a blank between two Chinese characters of a button unless told not to.
    <ConfigProvider locale={language === 'zh' ? zhCN : enGB} theme={nightTheme} button={{ autoInsertSpace: false }}>
      <Desk account={account} />
    </ConfigProvider>
  );
}
