/** Source of new identifiers; random in a station, sequential in tests. */
export type Ids = {
  /** A new identifier such as `inc-01J9…`, sortable by time of creation. */
  next(prefix: string): string;
};
