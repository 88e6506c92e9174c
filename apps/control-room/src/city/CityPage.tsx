import { ExpandOutlined } from '@ant-design/icons';
import { Parts } from '../app/Parts.js';
import { partOf } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import './city.css';
import { Figures } from './Figures.js';
import { Overview } from './Overview.js';
import { Quality } from './Quality.js';
import { Rows } from './Rows.js';
import { Wall } from './Wall.js';

const CITY_PARTS = ['now', 'night', 'month', 'quality', 'figures'] as const;
const PERIOD = { now: 'today', night: 'night', month: 'month' } as const;

/** How the city fares: what is going on, what was, how right we are, and what is reported of it. */
export default function CityPage({ said }: { said: string | null }) {
  const t = useWords();
  if (said === 'wall') return <Wall />;
  const part = partOf(CITY_PARTS, said);
  return (
    <div className="page city" data-testid="city-page">
      <div className="city-head">
        <Parts title={t.cityPage.title} page="city" parts={CITY_PARTS} part={said === 'rows' ? null : part} names={t.cityPage.parts} />
        <a className="chip city-wall-link" href="#/city/wall" title={t.cityPage.wallHint} data-testid="to-wall">
          <ExpandOutlined aria-hidden /> {t.cityPage.wall}
        </a>
      </div>
      <div className="page-body">
        <div className="sheet city-sheet">
          {said === 'rows' ? <Rows /> : part === 'quality' ? <Quality /> : part === 'figures' ? <Figures /> : <Overview key={part} period={PERIOD[part]} />}
        </div>
      </div>
    </div>
  );
}
