import { useRef } from 'react';

/** The value of an earlier render while its fields are the same: a parent may make a new object every time. */
export const useSame = <T extends object | null>(value: T): T => {
  const kept = useRef(value);
  if (!isSame(kept.current, value)) kept.current = value;
  return kept.current;
};

const isSame = (a: object | null, b: object | null): boolean => {
  if (a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([name, value]) => Object.is(right.get(name), value));
};
