import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { hoursWords } from './hours.js';
import { bodyOf, type PermitForm } from './permitForm.js';
import { useNames } from './useRows.js';
import { validityWords } from './when.js';

/** The permit in one sentence, as it would be read aloud: what was typed by mistake is heard. */
export function Sentence({ form }: { form: PermitForm }) {
  const t = useWords();
  const zone = useZone();
  const names = useNames();
  if (form.companyId === null || form.siteId === null || form.yardIds.length === 0) return <p className="permit-sentence">{t.permits.form.sentenceMissing}</p>;

  const { hours, validFrom, validTo, volumeM3 } = bodyOf(form, zone);
  const place = (id: string) => names.places.get(id) ?? id;
  const routes = form.routeIds.length === 0 ? t.permits.anyRoute : t.permits.form.by(t.list(form.routeIds.map((id) => names.routes.get(id) ?? id)));
  // A day is not to be broken over two lines at its hyphens.
  const validity = validityWords(validFrom ?? null, validTo ?? null, zone, t).replace(/(\d)-(?=\d)/g, '$1\u2011');
  return (
    <p className="permit-sentence" data-testid="permit-sentence">
      {t.permits.form.sentence(
        names.companies.get(form.companyId)?.name ?? form.companyId,
        form.truckIds.length === 0 ? t.permits.allTrucks : t.permits.trucks(form.truckIds.length),
        place(form.siteId),
        t.list(form.yardIds.map(place)),
        routes,
        hoursWords(hours ?? null, t),
        volumeM3 ? t.permits.form.withVolume(validity, t.permits.volume(volumeM3.toLocaleString(t.code))) : validity,
      )}
    </p>
  );
}
