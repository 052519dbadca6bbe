import { useId, type ReactNode } from 'react';

/** A labelled input line. */
export const Field = ({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
};

export type Choice<T extends string> = { readonly value: T; readonly label: ReactNode; readonly title?: string };

/** One of a few, all in sight. */
export const Segmented = <T extends string>({ choices, value, onChange, label }: { readonly choices: readonly Choice<T>[]; readonly value: T; readonly onChange: (value: T) => void; readonly label: string }) => (
  <div className="segmented" role="radiogroup" aria-label={label}>
    {choices.map((choice) => (
      <button key={choice.value} type="button" role="radio" aria-checked={choice.value === value} title={choice.title} onClick={() => onChange(choice.value)}>
        {choice.label}
      </button>
    ))}
  </div>
);

/** One of many. */
export const Select = <T extends string>({ choices, value, onChange, label, id }: { readonly choices: readonly { readonly value: T; readonly label: string }[]; readonly value: T; readonly onChange: (value: T) => void; readonly label: string; readonly id?: string }) => (
  <select id={id} className="input" aria-label={label} value={value} onChange={(event) => onChange(choices.find((choice) => choice.value === event.target.value)?.value ?? value)}>
    {choices.map((choice) => (
      <option key={choice.value} value={choice.value}>
        {choice.label}
      </option>
    ))}
  </select>
);
