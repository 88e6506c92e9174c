import type { Notice, NoticeDetail } from '@muckwatch/contract';
import { create } from 'zustand';
import { post, Refused, wordsOf } from '../app/api.js';
import { words } from '../i18n/index.js';
import { type Answering, type Draft, draftOf, emptyDraft, keepDraft } from './draft.js';
import { hearNotice, readDetail } from './noticeStore.js';
import { isPassing, pauseMs, type Photo, photoUrl, shrink, upload } from './photos.js';
import { dropShot, keepShot, keptShots } from './shotStore.js';

export const MOST_PHOTOS = 9;
const ANSWER_WITHIN_MS = 45_000;

/** One photo on its way. */
export interface Shot {
  key: string;
  preview: string;
  state: 'shrinking' | 'sending' | 'waiting' | 'up' | 'failed';
  share: number;
  photo: Photo | null;
  fault: string | null;
}

/** An answer being written, or on its way. */
export interface Answer {
  step: Answering;
  text: string;
  shots: readonly Shot[];
  phase: 'writing' | 'sending' | 'waiting';
  fault: string | null;
  tries: number;
}

/** By notice. It outlives the form: the draft goes on while somebody looks at another notice. */
export const useAnswers = create<{ answers: ReadonlyMap<string, Answer>; sent: ReadonlyMap<string, Answering> }>(() => ({
  answers: new Map(),
  sent: new Map(),
}));

const answerOf = (id: string) => useAnswers.getState().answers.get(id);

function change(id: string, by: Partial<Answer> | ((answer: Answer) => Partial<Answer>)): void {
  const known = answerOf(id);
  if (!known) return;
  const answer = { ...known, ...(typeof by === 'function' ? by(known) : by) };
  useAnswers.setState(({ answers }) => ({ answers: new Map(answers).set(id, answer) }));
  keepDraft(id, draftFrom(answer));
}

const changeShot = (id: string, key: string, by: Partial<Shot>) =>
  change(id, ({ shots }) => ({ shots: shots.map((shot) => (shot.key === key ? { ...shot, ...by } : shot)) }));

function draftFrom({ step, text, shots, phase }: Answer): Draft {
  return { step, text, photos: shots.flatMap(({ photo }) => (photo ? [photo] : [])), sending: phase !== 'writing' };
}

/** Opens the form with what was written before; another kind of answer keeps the words and the photos. */
export async function begin(id: string, step: Answering): Promise<void> {
  if (answerOf(id)) return change(id, { step });
  const draft = draftOf(id) ?? emptyDraft(step);
  const shots = draft.photos.map((photo): Shot => ({ key: photo.sha256, preview: photoUrl(photo), state: 'up', share: 1, photo, fault: null }));
  const answer: Answer = { step, text: draft.text, shots, phase: 'writing', fault: null, tries: 0 };
  useAnswers.setState(({ answers, sent }) => ({ answers: new Map(answers).set(id, answer), sent: without(sent, id) }));
  for (const { key, picture } of await keptShots(id)) {
    if (answerOf(id)?.shots.some((shot) => shot.key === key)) continue;
    addShot(id, key, picture, 'sending');
    void send(id, key, picture);
  }
}

export const write = (id: string, text: string): void => change(id, { text, fault: null });

/** Words to begin with, where there are none. */
export const suggest = (id: string, text: string): void => change(id, (answer) => (answer.text.trim() === '' ? { text } : {}));

/** Each goes out at once: by the time the sentence is written it is there. */
export function take(id: string, files: readonly File[]): void {
  const room = MOST_PHOTOS - (answerOf(id)?.shots.length ?? 0);
  for (const file of files.slice(0, room)) {
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    addShot(id, key, file, 'shrinking');
    shrink(file).then(
      async (picture) => {
        await keepShot(id, key, picture);
        await send(id, key, picture);
      },
      (error: unknown) => changeShot(id, key, { state: 'failed', fault: wordsOf(error) }),
    );
  }
}

function addShot(id: string, key: string, picture: Blob, state: Shot['state']): void {
  const shot: Shot = { key, preview: URL.createObjectURL(picture), state, share: 0, photo: null, fault: null };
  change(id, ({ shots }) => ({ shots: [...shots, shot] }));
}

export function remove(id: string, key: string): void {
  aborts.get(key)?.abort();
  void dropShot(id, key);
  change(id, ({ shots }) => ({ shots: shots.filter((shot) => shot.key !== key) }));
}

const aborts = new Map<string, AbortController>();
/** What waits for the network: woken by time, or at once when it is back. */
const waiting = new Map<string, () => void>();

async function send(id: string, key: string, picture: Blob, tries = 0): Promise<void> {
  const isThere = () => answerOf(id)?.shots.some((shot) => shot.key === key) ?? false;
  if (!isThere()) return;
  changeShot(id, key, { state: 'sending', share: 0, fault: null });
  const abort = new AbortController();
  aborts.set(key, abort);
  try {
    const photo = await upload(id, picture, (share) => changeShot(id, key, { share }), abort.signal);
    await dropShot(id, key);
    changeShot(id, key, { state: 'up', share: 1, photo });
    void advance(id);
  } catch (error) {
    if (!isThere()) return;
    if (isPassing(error)) {
      changeShot(id, key, { state: 'waiting' });
      later(key, tries, () => void send(id, key, picture, tries + 1));
    } else changeShot(id, key, { state: 'failed', fault: wordsOf(error) });
  } finally {
    aborts.delete(key);
  }
}

function later(key: string, tries: number, act: () => void): void {
  const timer = setTimeout(run, pauseMs(tries));
  function run() {
    clearTimeout(timer);
    if (waiting.delete(key)) act();
  }
  waiting.set(key, run);
}

/** The button was pressed: it goes when the photos are there, and by itself when the network is back. */
export function submit(id: string): void {
  const answer = answerOf(id);
  if (!answer || answer.phase === 'sending') return;
  if (answer.text.trim() === '') return change(id, { fault: words().notices.form.needText });
  if (answer.shots.some(({ state }) => state === 'failed')) return change(id, { fault: words().notices.form.failed });
  change(id, { phase: 'sending', fault: null, tries: 0 });
  void advance(id);
}

/** It is not sent by itself any more. */
export const hold = (id: string): void => {
  waiting.delete(id);
  change(id, { phase: 'writing' });
};

async function advance(id: string): Promise<void> {
  const answer = answerOf(id);
  if (!answer || answer.phase === 'writing' || answer.shots.some(({ state }) => state !== 'up')) return;
  const body = { text: answer.text.trim(), photos: answer.shots.map(({ photo }) => photo!.sha256) };
  change(id, { phase: 'sending' });
  try {
    hear(await post<Notice>(`/notices/${encodeURIComponent(id)}/${answer.step}`, body, AbortSignal.timeout(ANSWER_WITHIN_MS)));
    done(id, answer.step);
  } catch (error) {
    if (isPassing(error) || error instanceof DOMException) {
      change(id, { phase: 'waiting', tries: answer.tries + 1 });
      later(id, answer.tries, () => void advance(id));
    } else await refused(id, answer, error);
  }
}

/** The answer to an earlier try may have been lost on the way back: then it stands already. */
async function refused(id: string, answer: Answer, error: unknown): Promise<void> {
  change(id, { phase: 'writing', fault: wordsOf(error) });
  const detail = error instanceof Refused && error.status === 409 ? await readDetail(id).catch(() => null) : null;
  if (detail?.steps.some(({ step, text }) => step === answer.step && text === answer.text.trim())) done(id, answer.step);
}

function done(id: string, step: Answering): void {
  for (const { preview } of answerOf(id)?.shots ?? []) if (preview.startsWith('blob:')) URL.revokeObjectURL(preview);
  useAnswers.setState(({ answers, sent }) => ({ answers: without(answers, id), sent: new Map(sent).set(id, step) }));
  keepDraft(id, null);
}

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  const rest = new Map(map);
  rest.delete(id);
  return rest;
}

export async function acknowledge(id: string): Promise<void> {
  hear(await post<Notice>(`/notices/${encodeURIComponent(id)}/acknowledge`));
}

function hear(answer: Notice | NoticeDetail | null): void {
  if (answer) hearNotice(answer);
}

/** Answers that waited for a network when the page was closed go on; those of the page wake when the network is back. Gives the way to stop. */
export function resumeAnswers(): () => void {
  const wake = () => [...waiting.values()].forEach((run) => run());
  window.addEventListener('online', wake);
  for (const id of draftIds()) {
    const draft = draftOf(id);
    if (draft?.sending) void begin(id, draft.step).then(() => submit(id));
  }
  return () => {
    window.removeEventListener('online', wake);
    waiting.clear();
    useAnswers.setState({ answers: new Map(), sent: new Map() });
  };
}

function draftIds(): string[] {
  const PREFIX = 'muckwatch.draft.';
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}
