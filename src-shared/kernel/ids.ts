declare const brand: unique symbol;
/** A string or number that cannot be mistaken for another of the same shape. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Source of new identifiers; random in a station, sequential in tests. */
export type Ids = {
  /** A new identifier such as `inc-01J9…`, sortable by time of creation. */
  next(prefix: string): string;
};
