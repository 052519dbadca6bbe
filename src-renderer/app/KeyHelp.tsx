import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/index.ts';

/** Every key of the window. */
export const KeyHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const keys = [
    ['A', t('key.acknowledge')],
    ['Shift+A', t('key.acknowledgePage')],
    ['S', t('key.silence')],
    ['N', t('key.next')],
    ['G', t('key.goTo')],
    ['H', t('key.shelve')],
    ['1 – 9, 0', t('key.screens')],
    ['E', t('nav.emergency')],
    ['P', t('key.plan')],
    ['Esc', t('key.close')],
    ['U', t('key.sign')],
    ['L', t('key.language')],
    ['T', t('key.theme')],
    ['?', t('key.help')],
  ] as const;
  return (
    <Dialog title={t('key.title')} closeWord={t('common.close')} onClose={onClose}>
      <dl className="facts">
        {keys.map(([key, word]) => (
          <KeyRow key={key} name={key} word={word} />
        ))}
      </dl>
    </Dialog>
  );
};

const KeyRow = ({ name, word }: { readonly name: string; readonly word: string }) => (
  <>
    <dt>
      <kbd className="hotkey">{name}</kbd>
    </dt>
    <dd>{word}</dd>
  </>
);
