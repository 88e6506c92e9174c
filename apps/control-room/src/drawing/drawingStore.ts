import type { PlaceFeature, PlaceKind, PlacePreview, PlaceVersion } from '@muckwatch/contract';
import { create } from 'zustand';
import { note, type Said } from '../permits/desk.js';
import { formOf, type PlaceForm } from './placeForm.js';
import { beginShape, changed, type CornerRef, type Geometry, type ShapeEdit, type ShapeFault, type Step } from './shapeEdit.js';

/** A place under the hand. */
export interface PlaceDraft {
  /** As it was read; null: a new one. */
  feature: PlaceFeature | null;
  form: PlaceForm;
  opened: PlaceForm;
  edit: ShapeEdit;
  selected: CornerRef | null;
  /** Why the last step was refused, and where. */
  refused: ShapeFault | null;
  reason: string;
  tried: boolean;
  said: Said;
  fault: string | null;
  saving: boolean;
}

export type Preview =
  | { state: 'none' }
  /** `found`: what the answers so far say together. */
  | { state: 'reading'; abort: AbortController; found: PlacePreview | null }
  | { state: 'failed'; words: string }
  | { state: 'read'; found: PlacePreview };

interface Drawing {
  search: string;
  /** Null: all of them. */
  kind: PlaceKind | null;
  hoveredId: string | null;
  draft: PlaceDraft | null;
  preview: Preview;
  /** Of the place under the hand; null: not read. */
  versions: readonly PlaceVersion[] | null;
  versionsFault: string | null;
  /** An old outline to be seen beside the present one. */
  ghost: Geometry | null;
}

const NO_PREVIEW: Preview = { state: 'none' };

export const useDrawing = create<Drawing>(() => ({
  search: '',
  kind: null,
  hoveredId: null,
  draft: null,
  preview: NO_PREVIEW,
  versions: null,
  versionsFault: null,
  ghost: null,
}));

export function openPlace(feature: PlaceFeature | null, zone: string, kind?: PlaceKind): void {
  dropPreview();
  const form = formOf(feature?.properties ?? null, zone, kind);
  const draft: PlaceDraft = {
    feature,
    form,
    opened: form,
    edit: beginShape(feature?.geometry ?? null),
    selected: null,
    refused: null,
    reason: '',
    tried: false,
    said: {},
    fault: null,
    saving: false,
  };
  useDrawing.setState({ draft, versions: null, versionsFault: null, ghost: null });
}

export function changeForm(change: Partial<PlaceForm>): void {
  const { draft } = useDrawing.getState();
  if (draft) useDrawing.setState({ draft: { ...draft, form: { ...draft.form, ...change }, said: {}, fault: null } });
}

export function changeDraft(change: Partial<PlaceDraft>): void {
  const { draft } = useDrawing.getState();
  if (draft) useDrawing.setState({ draft: { ...draft, ...change } });
}

/** Another shape: what was found of the one before is no answer to it. */
export function changeShape(edit: ShapeEdit, selected: CornerRef | null = null): void {
  const { draft } = useDrawing.getState();
  if (!draft) return;
  if (edit.shape !== draft.edit.shape) dropPreview();
  useDrawing.setState({ draft: { ...draft, edit, selected, refused: null, said: {}, fault: null } });
}

/** A step that may be refused: then the shape stays, and where it would cross itself is said. */
export function tryShape(step: Step, selected: CornerRef | null = null): boolean {
  if ('fault' in step) changeDraft({ refused: step.fault });
  else changeShape(step.edit, selected);
  return 'edit' in step;
}

export const isChanged = ({ edit, form, opened }: PlaceDraft): boolean => changed(edit) || JSON.stringify(form) !== JSON.stringify(opened);

/** Unsaved work is not thrown away at a key: for ten seconds there is a way back to it. */
export function closePlace(words: string, resume: string): void {
  const { draft, versions } = useDrawing.getState();
  dropPreview();
  useDrawing.setState({ draft: null, ghost: null });
  if (draft && isChanged(draft)) note(words, { words: resume, run: () => useDrawing.setState({ draft, versions }) });
}

/** What was found so far stays, and says of how many trucks it is. */
export function stopPreview(): void {
  const { preview } = useDrawing.getState();
  if (preview.state !== 'reading' || preview.found === null) return dropPreview();
  preview.abort.abort();
  useDrawing.setState({ preview: { state: 'read', found: preview.found } });
}

export function dropPreview(): void {
  const { preview } = useDrawing.getState();
  if (preview.state === 'reading') preview.abort.abort();
  if (preview.state !== 'none') useDrawing.setState({ preview: NO_PREVIEW });
}
