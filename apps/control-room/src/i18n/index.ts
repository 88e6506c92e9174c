import { create } from 'zustand';
import { remembered, remember } from '../app/remember.js';
import { en } from './en.js';
import { type Words, zh } from './zh.js';

export type Language = 'zh' | 'en';
export type { Words };

const DICTIONARIES: Record<Language, Words> = { zh, en };

export const useLanguage = create<{ language: Language; set: (language: Language) => void }>((set) => ({
  language: remembered('language') === 'en' ? 'en' : 'zh',
  set: (language) => {
    remember('language', language);
    set({ language });
  },
}));

/** The words of the language in force. */
export function useWords(): Words {
  return DICTIONARIES[useLanguage((s) => s.language)];
}

/** For what is drawn outside React. */
export function words(): Words {
  return DICTIONARIES[useLanguage.getState().language];
}
