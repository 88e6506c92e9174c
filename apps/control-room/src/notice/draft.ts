import type { Photo } from './photos.js';
import { forget, remember, remembered } from '../app/remember.js';

export type Answering = 'rectify' | 'object';

/** What was written and not yet sent: closing the page, an empty battery or the camera app must not lose it. */
export interface Draft {
  step: Answering;
  text: string;
  /** Those that the server already has. */
  photos: Photo[];
  /** Send was pressed: it goes by itself once there is a network. */
  sending: boolean;
}

export const emptyDraft = (step: Answering): Draft => ({ step, text: '', photos: [], sending: false });

export function draftOf(noticeId: string): Draft | null {
  return parseDraft(remembered(`draft.${noticeId}`));
}

/** What another version of the page wrote is used where it makes sense, else forgotten. */
export function parseDraft(text: string | null): Draft | null {
  try {
    const said = JSON.parse(text ?? 'null') as Partial<Draft> | null;
    if (!said || (said.step !== 'rectify' && said.step !== 'object')) return null;
    const photos = Array.isArray(said.photos) ? said.photos.filter((photo) => /^[0-9a-f]{64}$/.test(photo?.sha256)) : [];
    return { step: said.step, text: typeof said.text === 'string' ? said.text : '', photos, sending: said.sending === true };
  } catch {
    return null;
  }
}

export function keepDraft(noticeId: string, draft: Draft | null): void {
  if (draft === null) forget(`draft.${noticeId}`);
  else remember(`draft.${noticeId}`, JSON.stringify(draft));
}
