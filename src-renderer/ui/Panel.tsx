import type { ReactNode } from 'react';

/** A titled area, set off by its background only. */
export const Panel = ({ title, aside, children, className = '', fill = false }: { readonly title?: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode; readonly className?: string; readonly fill?: boolean }) => (
  <section className={`panel ${className}`} data-fill={fill || undefined}>
    {title !== undefined && (
      <header className="panel-head">
        <h2 className="clip">{title}</h2>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
    )}
    <div className="panel-body">{children}</div>
  </section>
);

/** Says why a place is empty. */
export const Empty = ({ children }: { readonly children: ReactNode }) => <p className="empty">{children}</p>;
