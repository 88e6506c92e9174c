import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ImportPreview } from '@muckwatch/contract';
import type { Sentence } from '@muckwatch/domain';
import type { Request } from 'express';
import type { Fault } from './refusal.js';

export type Language = keyof Sentence;

/** As Content-Language names them. */
export const LANGUAGE_TAGS: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

/** Chinese where Accept-Language prefers it, else English. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh' : 'en';
}

/** The language in which whoever asks wants to be told what is wrong. */
export const ReadersLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => languageOf(context.switchToHttp().getRequest()));

/** What an import would do, before its reader's language is known. */
export interface Preview {
  items: (Omit<ImportPreview['items'][number], 'faults'> & { faults: Fault[] })[];
}

export function previewIn(language: Language, { items }: Preview): ImportPreview {
  return { items: items.map((item) => ({ ...item, faults: toldIn(language, item.faults) })) };
}

/** Faults as an answer bears them. */
export function toldIn(language: Language, faults: readonly Fault[]): { path: string; message: string }[] {
  return faults.map((fault) => ({ ...fault, message: fault.message[language] }));
}
