import type { ButtonHTMLAttributes, ReactNode } from 'react';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  readonly look?: 'plain' | 'main' | 'quiet' | 'order';
  /** Shown dim beside the label: the key that does the same. */
  readonly hotkey?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly children: ReactNode;
};

/** Grey like everything at rest; `main` is the one expected action, `order` one that moves people. */
export const Button = ({ look = 'plain', hotkey, pressed, children, className = '', ...rest }: ButtonProps) => (
  <button type="button" className={`button ${className}`} data-look={look} aria-pressed={pressed} {...rest}>
    {children}
    {hotkey !== undefined && <kbd className="hotkey">{hotkey}</kbd>}
  </button>
);
