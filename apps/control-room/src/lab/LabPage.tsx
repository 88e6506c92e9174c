import { Empty } from '../app/Parts.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import './lab.css';
import { LabFound } from './LabFound.js';
import { LabMapPane } from './LabMapPane.js';
import { LabSetup } from './LabSetup.js';
import { useRuns } from './labStore.js';

/** Which alerts other limits would have found: what is asked, where it was, what changed. */
export default function LabPage() {
  const t = useWords();
  if (useMay('see-city')) return <Lab />;
  return (
    <div className="page" data-testid="lab-page">
      <Empty title={t.lab.title} why={t.may.notOffered.lab} />
    </div>
  );
}

function Lab() {
  const t = useWords();
  useRuns();
  return (
    <div className="lab" data-testid="lab-page">
      <section className="lab-setup" aria-label={t.lab.setup}>
        <LabSetup />
      </section>
      <div className="lab-map">
        <LabMapPane />
      </div>
      <section className="lab-found" aria-label={t.lab.found}>
        <LabFound />
      </section>
    </div>
  );
}
