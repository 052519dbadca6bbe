import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../link/index.ts';
import { Button, Segmented } from '../../ui/index.ts';

/** A line to write a note or an order on the record; Enter records it. */
export const NoteLine = ({ incident }: { readonly incident: string }) => {
  const { t } = useTranslation();
  const note = useCommand('incidents.note');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<'note' | 'order'>('note');
  const run = async () => {
    if (text.trim() === '') return;
    const outcome = await note({ incident, text: text.trim(), order: kind === 'order' });
    if (outcome.ok) setText('');
  };
  return (
    <div className="note-line">
      <Segmented label={t('common.kind')} value={kind} onChange={setKind} choices={(['note', 'order'] as const).map((value) => ({ value, label: t(`incidents.${value}`) }))} />
      <input className="input" aria-label={t('incidents.writeHere')} placeholder={t('incidents.writeHere')} maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && void run()} />
      <Button look="main" disabled={text.trim() === ''} onClick={() => void run()}>
        {t('incidents.add')}
      </Button>
    </div>
  );
};
