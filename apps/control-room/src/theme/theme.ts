import { remember, remembered } from '../app/remember.js';
import './light.css';

export type Theme = 'light' | 'dark';
const GROUND: Record<Theme, string> = { light: '#ffffff', dark: '#0d1217' };

/** The phone in the sun is light, the room at night is dark: whoever was here last says which, before anybody is signed in. */
export function startTheme(): void {
  wear(remembered('theme') === 'light' || location.hash.startsWith('#/notice/') ? 'light' : 'dark');
}

export function keepTheme(theme: Theme): void {
  remember('theme', theme);
  wear(theme);
}

function wear(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[theme]);
  document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', theme);
}
