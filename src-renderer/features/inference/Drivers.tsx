import type { Driver } from '../../../src-shared/contract/index.ts';
import { useDesk } from '../../link/index.ts';
import { percent, useText } from '../../ui/index.ts';

/** What drives a prediction, in words; each opens the trend that shows it. */
export const Drivers = ({ drivers, title }: { readonly drivers: readonly Driver[]; readonly title: string }) => {
  const text = useText();
  const desk = useDesk();
  if (drivers.length === 0) return null;
  return (
    <>
      <h4 className="dim caption">{title}</h4>
      <ul className="short-list" data-testid="drivers">
        {drivers.map((driver) => (
          <li key={driver.tag}>
            <button type="button" className="short-row" title={driver.tag} onClick={() => desk.open({ kind: 'tag', id: driver.tag, since: driver.since })}>
              <span className="driver-text">{text(driver.text)}</span>
              <span className="push dim">{percent(driver.weight)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};
