import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useEffect } from 'react';
import { useLanguage } from '../i18n/index.js';
import { nightTheme } from '../theme/antdTheme.js';
import { ROOM_THEME } from '../theme/roomTheme.js';
import { keepTheme } from '../theme/theme.js';

/** Round everything that is made with Ant Design. A telephone never fetches it. */
export default function NightTheme({ children }: { children: ReactNode }) {
  const language = useLanguage((s) => s.language);
  useEffect(() => keepTheme(ROOM_THEME), []);
  return (
    // Ant Design puts a blank between two Chinese characters of a button unless told not to.
    <ConfigProvider locale={language === 'zh' ? zhCN : enGB} theme={nightTheme} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
}
