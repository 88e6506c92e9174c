import { Button } from 'antd';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { History } from '../registry/History.js';
import { closePermit, isChanged, useDesk } from './desk.js';
import { PermitFields } from './PermitFields.js';
import { withoutMissing, wrongsIn } from './permitForm.js';
import { restorePermit, retirePermit, savePermit } from './saving.js';
import { Sentence } from './Sentence.js';

/** One permit, being entered or changed. Who may not change it sees it all the same. */
export function PermitDrawer({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const zone = useZone();
  const draft = useDesk((s) => s.permit);
  if (!draft) return null;
  const { permit, form, tried, said, fault, saving } = draft;
  const f = t.permits.form;
  const wrongs = wrongsIn(form, zone, permit === null ? serverNow() : null);
  const shown = tried ? wrongs : withoutMissing(wrongs);
  const wrongOf = (field: string) => (shown[field] ? t.permits.wrong[shown[field]] : (said[field] ?? null));
  const retired = permit?.retired === true;

  return (
    <aside className="permit-drawer" aria-label={permit ? f.title(permit.id) : f.newTitle} data-testid="permit-drawer">
      <header>
        <h2>{permit ? f.title(permit.id) : f.newTitle}</h2>
        <button className="card-close" onClick={() => closePermit(f.unsaved, f.resume)} aria-label={f.close} title="Esc">
          ✕
        </button>
      </header>
      <form
        className="permit-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void savePermit(zone).then((saved) => saved || showFirstWrong());
        }}
        id="permit-form"
      >
        <PermitFields disabled={!mayChange || retired || saving} wrongOf={wrongOf} />
        {permit && <History path={`/permits/${encodeURIComponent(permit.id)}`} kind={null} />}
      </form>
      <footer>
        <Sentence form={form} />
        {fault && (
          <p className="c-serious" role="alert" data-testid="permit-fault">
            {fault}
          </p>
        )}
        {mayChange ? (
          <div className="permit-acts">
            {!retired && (
              <Button
                type="primary"
                htmlType="submit"
                form="permit-form"
                disabled={permit !== null && !isChanged(draft)}
                loading={saving}
                data-testid="save-permit"
              >
                {saving ? f.saving : permit ? f.save : f.create}
              </Button>
            )}
            {permit &&
              (retired ? (
                <Button type="primary" onClick={() => void restorePermit(permit)} data-testid="restore-permit">
                  {f.restore}
                </Button>
              ) : (
                <Button danger onClick={() => void retirePermit(permit)} data-testid="retire-permit">
                  {f.retire}
                </Button>
              ))}
            <Button onClick={() => closePermit(f.unsaved, f.resume)}>{f.close}</Button>
          </div>
        ) : (
          <p className="field-line">{t.permits.readOnly}</p>
        )}
      </footer>
    </aside>
  );
}

/** What keeps it from being saved comes into view. */
function showFirstWrong(): void {
  requestAnimationFrame(() => document.querySelector('.permit-form .permit-field.wrong')?.scrollIntoView({ block: 'center' }));
}
