const KINDS = ['companies', 'trucks', 'drivers', 'terminals', 'cameras', 'permits', 'places', 'routes', 'districts'] as const;
type Kind = (typeof KINDS)[number];
type Verb = 'make' | 'change' | 'retire' | 'take';

/** What is done to everything that is registered, as the audit names it. */
export function registryDeeds(names: Record<Kind, string>, words: Record<Verb, (name: string) => string>): Record<string, string> {
  return Object.fromEntries(
    KINDS.flatMap((kind) => [
      [`POST /${kind}`, words.make(names[kind])],
      [`PATCH /${kind}/:id`, words.change(names[kind])],
      [`DELETE /${kind}/:id`, words.retire(names[kind])],
      [`POST /${kind}/import`, words.take(names[kind])],
    ]),
  );
}
