import { Delete, UserRound } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../src-shared/kernel/index.ts';
import { useLink, useQuery } from '../../link/index.ts';
import { Button, Dialog, Empty, useText } from '../../ui/index.ts';
import './security.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Who acts? Tiles of the enrolled people and a PIN pad; arrows choose, digits and Enter work too. */
export const SignInDialog = ({ because, onDone }: { readonly because: Refusal | null; readonly onDone: (signedIn: boolean) => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const users = useQuery('security.users', {});
  const [user, setUser] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [refused, setRefused] = useState<Refusal | null>(because);
  const [busy, setBusy] = useState(false);
  const list = users.state === 'answered' ? users.value : [];
  const chosen = list.find(({ id }) => id === user);
  const ready = chosen !== undefined && pin.length >= 4 && !busy;

  const submit = async () => {
    if (user === null || !ready) return;
    setBusy(true);
    const outcome = await link.command('security.signIn', { user, pin });
    setBusy(false);
    if (outcome.ok) return onDone(true);
    setPin('');
    setRefused(outcome.refusal);
  };
  const choose = (place: number) => {
    setUser(list.at(place % Math.max(1, list.length))?.id ?? null);
    setPin('');
  };
  const type = (digit: string) => setPin((now) => (now.length < 12 ? now + digit : now));
  const onKeyDown = (event: KeyboardEvent) => {
    if (/^\d$/.test(event.key)) type(event.key);
    else if (event.key.startsWith('Arrow')) choose(list.findIndex(({ id }) => id === user) + (event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : -1));
    else if (event.key === 'Backspace') setPin((now) => now.slice(0, -1));
    else if (event.key === 'Enter' && ready) void submit();
    else return;
    event.preventDefault();
  };
  return (
    <Dialog wide title={t('session.title')} closeWord={t('common.close')} onClose={() => onDone(false)}>
      <div className="sign-in" data-first tabIndex={-1} onKeyDown={onKeyDown} data-testid="sign-in">
        <div>
          {users.state === 'answered' && list.length === 0 && <Empty>{t('session.noUsers')}</Empty>}
          <ul className="user-tiles">
            {list.map((each, index) => (
              <li key={each.id}>
                <button type="button" className="user-tile" data-user={each.id} aria-pressed={each.id === user} onClick={() => choose(index)}>
                  <UserRound size="1.6em" aria-hidden="true" />
                  <strong>{each.name}</strong>
                  <span className="dim">{t(`role.${each.role}` as 'role.operator', { defaultValue: each.role })}</span>
                  {each.pinHint !== null && <small className="dim">{t('session.hint', { pin: each.pinHint })}</small>}
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className="pin-pad">
          <output className="pin-dots" aria-label={t('session.pin')}>
            {pin === '' ? <span className="dim">{chosen === undefined ? t('session.choose') : t('session.pin')}</span> : '●'.repeat(pin.length)}
          </output>
          <div className="pin-keys">
            {DIGITS.map((digit) => (
              <Button key={digit} onClick={() => type(digit)}>
                {digit}
              </Button>
            ))}
            <Button look="quiet" onClick={() => setPin((now) => now.slice(0, -1))} aria-label={t('session.clear')}>
              <Delete size="1.2em" />
            </Button>
            <Button onClick={() => type('0')}>0</Button>
            <Button look="main" disabled={!ready} onClick={() => void submit()}>
              {t('session.signIn')}
            </Button>
          </div>
          <p className="sign-in-refused" role="status">
            {refused !== null && text(refused.text)}
          </p>
        </div>
      </div>
    </Dialog>
  );
};
