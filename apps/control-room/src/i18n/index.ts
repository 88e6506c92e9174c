import { create } from 'zustand';
import { remembered, remember } from '../app/remember.js';
import type { Words } from './zh.js';

export type Language = 'zh' | 'en';
export type { Words };

/** A language is fetched when it is first wanted: nobody downloads both over a telephone. */
const LOADERS: Record<Language, () => Promise<Words>> = {
  zh: () => import('./zh.js').then(({ zh }) => zh),
  en: () => import('./en.js').then(({ en }) => en),
};
const loaded: Partial<Record<Language, Words>> = {};

export const useLanguage = create<{ language: Language; set: (language: Language) => void }>((set) => ({
  language: remembered('language') === 'en' ? 'en' : 'zh',
  set: (language) => {
    // What cannot be fetched now leaves the page in the language that it has.
    load(language).then(
      () => {
        remember('language', language);
        set({ language });
      },
      () => undefined,
    );
  },
}));

/** Before anything is drawn. */
export const loadWords = (): Promise<void> => load(useLanguage.getState().language);

async function load(language: Language): Promise<void> {
  loaded[language] ??= await LOADERS[language]();
}

/** The words of the language in force. */
export function useWords(): Words {
  return loaded[useLanguage((s) => s.language)]!;
}

/** For what is drawn outside React. */
export function words(): Words {
  return loaded[useLanguage.getState().language]!;
}
