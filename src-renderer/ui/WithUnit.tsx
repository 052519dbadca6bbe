import { unitWord } from './format.ts';

/** A number with its unit, smaller and dim beside it. `unit` is UCUM. */
export const WithUnit = ({ text, unit }: { readonly text: string; readonly unit: string }) => {
  const word = unitWord(unit);
  return (
    <span className="with-unit">
      {text}
      {word !== '' && <small>{word}</small>}
    </span>
  );
};
