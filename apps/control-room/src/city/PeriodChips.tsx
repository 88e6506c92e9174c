import type { PeriodName } from '@muckwatch/contract';
import { useWords } from '../i18n/index.js';

const CHOICES = ['today', 'week', 'last-week', 'month', 'last-month'] as const;

export function PeriodChips({ period, choose }: { period: PeriodName; choose: (period: PeriodName) => void }) {
  const t = useWords();
  return (
    <div className="sheet-chips" role="group" aria-label={t.cityPage.choosePeriod}>
      {CHOICES.map((one) => (
        <button
          key={one}
          className={`chip ${one === period ? 'strong' : ''}`}
          aria-pressed={one === period}
          onClick={() => choose(one)}
          data-testid={`period-${one}`}
        >
          {t.cityPage.periods[one]}
        </button>
      ))}
    </div>
  );
}
