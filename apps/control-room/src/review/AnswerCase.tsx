import type { Notice, NoticeDetail } from '@muckwatch/contract';
import { Image, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { evidenceWords } from '../alerts/factRows.js';
import { measureName } from '../alerts/measures.js';
import { useTelling } from '../alerts/useTelling.js';
import { get, isAbort, post, wordsOf } from '../app/api.js';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import { Waiting } from '../app/Waiting.js';
import { useKept } from '../app/useKept.js';
import { useWords, type Words } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { Sketched } from '../notice/TrackSketch.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { Photos } from '../told/Told.js';
import { kindWords } from './Answers.js';
import { hearAnswer } from './reviewStore.js';

interface Props {
  id: string;
  /** As the list knows it; null once somebody has dealt with it. */
  version: number | null;
  onBack: () => void;
  onDone: (notice: Notice, step: 'accept' | 'send-back') => void;
}

/** One answer beside what it answers; the two decisions at the foot, always at the same place. */
export function AnswerCase({ id, version, onBack, onDone }: Props) {
  const t = useWords();
  const { detail, fault } = useNotice(id, version);
  const review = useReviewing(id, onDone);
  const ready = detail !== null && (detail.status === 'rectified' || detail.status === 'objected');
  useDecideKeys(ready, review);
  return (
    <>
      <div className="review-scroll">
        <button className="plain c-minor review-back" onClick={onBack}>
          ← {t.review.back}
        </button>
        {detail ? (
          <Case notice={detail} />
        ) : fault ? (
          <p className="c-serious" role="alert">
            {t.review.answers.failed} {fault}
          </p>
        ) : (
          <Waiting what={t.review.parts.answers} />
        )}
      </div>
      <footer className="decide">
        {review.fault && (
          <div className="decide-error" role="alert">
            <strong>{t.review.answers.failedStep}</strong>
            <span>{review.fault}</span>
          </div>
        )}
        {detail && !ready && <p className="decide-by">{t.review.answers.gone}</p>}
        {review.asking && <SendBackWords review={review} />}
        <div className="decide-buttons two">
          <button
            className={`decide-button ${review.asking ? '' : 'primary'}`}
            disabled={!ready || review.busy}
            onClick={review.accept}
            data-testid="accept-answer"
          >
            {t.review.answers.accept} <span className="hotkey">A</span>
          </button>
          <button
            className={`decide-button ${review.asking ? 'primary' : ''}`}
            disabled={!ready || review.busy || (review.asking && review.text.trim() === '')}
            onClick={review.sendBack}
            data-testid="send-back"
          >
            {t.review.answers.sendBack} <span className="hotkey">S</span>
          </button>
        </div>
      </footer>
    </>
  );
}

function Case({ notice }: { notice: NoticeDetail }) {
  const t = useWords();
  const a = t.review.answers;
  const zone = useZone();
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const answer = notice.steps.findLast(({ step }) => step === 'rectify' || step === 'object');
  const [first, second] = t.code === 'zh-CN' ? [notice.summary.zh, notice.summary.en] : [notice.summary.en, notice.summary.zh];
  return (
    <>
      <header className="review-head">
        <h2>{notice.truck.plate ? plateWords(notice.truck.plate) : (notice.place?.name ?? notice.number)}</h2>
        <span className="soft">{notice.company?.name}</span>
        <span className={`detail-rule s-${notice.severity}`}>
          <span aria-hidden>{SEVERITY_SHAPE[notice.severity]}</span> {kindWords(notice.kind, t)}
        </span>
      </header>
      <div className="review-sides">
        <section className="panel">
          <h2>{a.facts}</h2>
          {notice.putRight && (
            <p className="put-right">
              <span aria-hidden>✓</span>{' '}
              {notice.putRight.afterWord ? t.told.putRightAfterWord(time(notice.putRight.at)) : t.told.putRight(time(notice.putRight.at))}
            </p>
          )}
          <p className="detail-say">
            {first}
            <small>{second}</small>
          </p>
          <Evidence notice={notice} />
          <Where notice={notice} />
          {notice.picture ? (
            <Image
              className="review-picture"
              src={`/api/v1/sightings/${encodeURIComponent(notice.picture.camera)}/${encodeURIComponent(notice.picture.sighting)}/picture`}
              alt={a.picture}
              loading="lazy"
            />
          ) : (
            <p className="part-empty">{a.noPicture}</p>
          )}
          {notice.alertIds[0] && (
            <a className="card-link" href={`#/alert/${encodeURIComponent(notice.alertIds[0])}`}>
              {a.openAlert} →
            </a>
          )}
        </section>
        <section className="panel review-answer">
          <h2>
            {a.answer}{' '}
            <span className={`tag ${notice.status === 'objected' ? 'changed' : ''}`}>{answer?.step === 'object' ? a.kind.objected : a.kind.rectified}</span>
          </h2>
          <p className="soft">
            {answer?.by ?? notice.recipient.name} · {t.role[notice.recipient.role]} {answer && `· ${time(answer.at)}`}
          </p>
          <p className="review-words">{answer?.text ?? a.noText}</p>
          {answer && <Photos photos={answer.photos} size={196} />}
          <dl className="facts">
            <div>
              <dt>{a.deadline}</dt>
              <dd className={notice.overdue ? 'c-serious' : ''}>
                {notice.deadline ? time(notice.deadline) : (problemWords(notice.deadlineProblem, t) ?? a.noDeadline)} {notice.overdue && a.overdue}
              </dd>
            </div>
          </dl>
          <h3 className="detail-title">{a.history}</h3>
          <ol className="steps">
            {notice.steps.map((step, i) => (
              <li key={i}>
                <time>{time(step.at)}</time>
                <span aria-hidden>{{ accept: '✓', 'send-back': '↩' }[step.step as string] ?? '·'}</span>
                <span>
                  {step.by} {t.told.answer[step.step]}
                  {step !== answer && step.text && <em>{step.text}</em>}
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}

/** Where it happened and how the truck came there: what an objection is most often about. */
function Where({ notice }: { notice: NoticeDetail }) {
  const t = useWords();
  if (notice.position === null && notice.track.length === 0) return <p className="part-empty">{t.notices.map.nothing}</p>;
  return (
    <section className="review-map" data-testid="review-map">
      <h3 className="detail-title">{t.notices.map.title}</h3>
      <Sketched detail={notice} atDesk />
    </section>
  );
}

/** The server says it in both languages, Chinese first: `…。 / …`. */
function problemWords(problem: string | null, t: Words): string | null {
  if (problem === null) return null;
  const [zh, en] = problem.split(' / ');
  return (t.code === 'zh-CN' ? zh : en) ?? problem;
}

function Evidence({ notice }: { notice: NoticeDetail }) {
  const t = useWords();
  const zone = useZone();
  const telling = useTelling(serverNow());
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const measured = Object.entries(notice.facts).filter(([, value]) => value !== null && value !== '');
  const rows: [string, string][] = [
    [t.detail.when, time(notice.began)],
    ...(notice.place ? [[t.detail.place, notice.place.name] as [string, string]] : []),
    ...(notice.permit
      ? ([
          [
            t.detail.permit,
            `${notice.permit.id} · ${t.review.answers.volume(notice.permit.hauledM3.toLocaleString(t.code), notice.permit.volumeM3.toLocaleString(t.code))}`,
          ],
          ['', t.review.answers.hauls(notice.permit.hauls, notice.permit.estimatedHauls)],
        ] as [string, string][])
      : []),
    ...measured.map(([name, value]): [string, string] => [measureName(name, t, notice.kind), evidenceWords(name, value, telling, notice.kind)]),
  ];
  return (
    <dl className="facts">
      {rows.map(([label, value], i) => (
        <div key={i}>
          <dt title={label}>{label}</dt>
          <dd title={value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useNotice(id: string, version: number | null): { detail: NoticeDetail | null; fault: string | null } {
  const [known, setKnown] = useState<{ detail: NoticeDetail | null; fault: string | null }>({ detail: null, fault: null });
  useEffect(() => {
    const abort = new AbortController();
    get<NoticeDetail>(`/notices/${encodeURIComponent(id)}`, abort.signal).then(
      (detail) => setKnown({ detail, fault: null }),
      (error: unknown) => !isAbort(error) && setKnown((before) => ({ ...before, fault: wordsOf(error) })),
    );
    return () => abort.abort();
  }, [id, version]);
  return known;
}

interface Reviewing {
  asking: boolean;
  text: string;
  busy: boolean;
  fault: string | null;
  setText: (text: string) => void;
  accept: () => void;
  sendBack: () => void;
  cancel: () => void;
}

/** Accepting is one key; sending back opens its line of words first, and the same key or button sends. */
function useReviewing(id: string, onDone: Props['onDone']): Reviewing {
  // null: nothing is being sent back.
  const [words, setWords] = useKept<string | null>(`send-back ${id}`, null);
  const [state, setState] = useState({ busy: false, fault: null as string | null });
  const send = (step: 'accept' | 'send-back', body: object) => {
    setState({ busy: true, fault: null });
    post<Notice>(`/notices/${encodeURIComponent(id)}/${step}`, body).then(
      (notice) => {
        onDone(notice, step);
        hearAnswer(notice);
      },
      (error: unknown) => setState({ busy: false, fault: wordsOf(error) }),
    );
  };
  return {
    ...state,
    asking: words !== null,
    text: words ?? '',
    setText: setWords,
    accept: () => send('accept', {}),
    sendBack: () => {
      if (words === null) {
        setWords('');
        setState((s) => ({ ...s, fault: null }));
      } else if (words.trim() !== '') send('send-back', { text: words.trim() });
    },
    cancel: () => {
      setWords(null);
      setState((s) => ({ ...s, fault: null }));
    },
  };
}

function SendBackWords({ review }: { review: Reviewing }) {
  const t = useWords();
  const a = t.review.answers;
  return (
    <div className="decide-reason">
      <div className="decide-ready">
        {a.ready.map((words) => (
          <button key={words} className={`chip ${review.text === words ? 'on' : ''}`} onClick={() => review.setText(words)}>
            {words}
          </button>
        ))}
      </div>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={2_000}
        value={review.text}
        placeholder={a.words}
        aria-label={a.words}
        onChange={(event) => review.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') review.cancel();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          review.sendBack();
        }}
        data-testid="send-back-words"
      />
      <span className="decide-hint">{a.hint}</span>
    </div>
  );
}

function useDecideKeys(ready: boolean, review: Reviewing): void {
  const now = useRef(review);
  now.current = review;
  useEffect(() => {
    if (!ready) return;
    const onKey = (event: KeyboardEvent) => {
      // A key held down must not decide the next answer as well, unread.
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || now.current.busy) return;
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      const act = { a: now.current.accept, s: now.current.sendBack, escape: now.current.cancel }[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ready]);
}
