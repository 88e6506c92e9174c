import { Tour as Steps } from 'antd';
import { useMemo } from 'react';
import { useWords } from '../i18n/index.js';
import './tour.css';
import { endTour, TOUR_STEPS, type TourStep, useTour } from './tourStore.js';

const WHERE: Record<TourStep, string> = {
  counts: '[data-testid=counts]',
  queue: '.queue',
  map: '.room-map',
  panel: '.room-panel',
  decide: '.decide',
  pages: '[data-testid=pages]',
};
const SIDE: Record<TourStep, 'bottom' | 'right' | 'left' | 'top' | 'bottomLeft' | 'center'> = {
  counts: 'bottom',
  queue: 'right',
  map: 'center',
  panel: 'left',
  decide: 'left',
  pages: 'bottomLeft',
};

/** Once round the control room: what is at hand is pointed at, what is not (no incident chosen yet, a telephone) is told in the middle. */
export default function Tour() {
  const t = useWords();
  const step = useTour((s) => s.step);
  const steps = useMemo(
    () =>
      TOUR_STEPS.map((name, i) => ({
        title: t.help.tourSteps[name][0],
        description: t.help.tourSteps[name][1],
        placement: SIDE[name],
        target: () => visible(WHERE[name])!,
        prevButtonProps: { children: t.help.tourBack },
        nextButtonProps: { children: i === TOUR_STEPS.length - 1 ? t.help.tourEnd : t.help.tourNext },
      })),
    [t],
  );
  if (step === null) return null;
  return <Steps open steps={steps} current={step} onChange={(next) => useTour.setState({ step: next })} onClose={endTour} onFinish={endTour} />;
}

function visible(selector: string): HTMLElement | null {
  const element = document.querySelector<HTMLElement>(selector);
  return element && element.getClientRects().length > 0 ? element : null;
}
