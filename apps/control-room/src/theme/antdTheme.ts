import { theme, type ThemeConfig } from 'antd';
import { ROOM_THEME } from './roomTheme.js';
import { COLOUR, FONT, SEVERITY_COLOUR } from './tokens.js';

/** Ant Design in the room's colours: its own motion is kept short, so that nothing but a new critical alert asks to be looked at. */
export const nightTheme: ThemeConfig = {
  algorithm: ROOM_THEME === 'light' ? theme.defaultAlgorithm : theme.darkAlgorithm,
  token: {
    colorPrimary: COLOUR.primary,
    colorInfo: SEVERITY_COLOUR.minor,
    colorError: SEVERITY_COLOUR.critical,
    colorWarning: SEVERITY_COLOUR.serious,
    colorSuccess: COLOUR.ok,
    colorBgBase: COLOUR.ground,
    colorBgLayout: COLOUR.ground,
    colorBgContainer: COLOUR.panel,
    colorBgElevated: COLOUR.raised,
    colorBorder: COLOUR.line,
    colorBorderSecondary: COLOUR.line,
    colorText: COLOUR.text,
    colorTextSecondary: COLOUR.soft,
    colorTextDescription: COLOUR.soft,
    colorTextPlaceholder: COLOUR.mute,
    fontFamily: FONT,
    fontSize: 14,
    borderRadius: 8,
    controlHeight: 36,
    motionDurationFast: '0.08s',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Table: { headerBg: COLOUR.panel, headerColor: COLOUR.mute, rowHoverBg: COLOUR.raised, borderColor: COLOUR.line, headerSplitColor: 'transparent' },
    // The dark algorithm’s red is 4.4 : 1 on the panel.
    Button: { colorError: SEVERITY_COLOUR.critical, fontWeight: 600, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
};
