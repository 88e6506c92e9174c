/** Numbers a rule compares with, by name with their units. */
export type Limits = Record<string, number>;
