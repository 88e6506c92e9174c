import { useEffect } from 'react';
import { Parts } from '../app/Parts.js';
import { partOf } from '../app/router.js';
import { Stage } from '../app/Stage.js';
import { useWords } from '../i18n/index.js';
import { readPlaces } from '../map/mapStore.js';
import { Answers } from './Answers.js';
import { Controls } from './Controls.js';
import '../alerts/detail.css';
import '../map/map.css';
import '../permits/permits.css';
import '../told/told.css';
import './review.css';
import { useReview } from './reviewStore.js';
import { controlsInOrder } from './waiting.js';
import { part } from '../app/part.js';

const NoticeRules = part(() => import('../notice-rules/NoticeRules.js'));
const Calendar = part(() => import('../calendar/Calendar.js'));

const REVIEW_PARTS = ['answers', 'controls', 'rules', 'calendar'] as const;

/** The supervisor's page: what waits for a second pair of eyes, and by which rules people are told. */
export default function ReviewPage({ said }: { said: string | null }) {
  const part = partOf(REVIEW_PARTS, said);
  const t = useWords();
  const { answers, controls } = useReview();
  useEffect(() => void readPlaces(), []);
  return (
    <div className="page" data-testid="review-page">
      <Parts
        title={t.review.title}
        page="review"
        parts={REVIEW_PARTS}
        part={part}
        names={t.review.parts}
        counts={{ answers: answers.size, controls: controlsInOrder(controls).waiting.length }}
      />
      <div className="page-body">
        <Stage of={part} title={t.review.parts[part]}>
          {part === 'answers' ? <Answers /> : part === 'controls' ? <Controls /> : part === 'rules' ? <NoticeRules /> : <Calendar />}
        </Stage>
      </div>
    </div>
  );
}
