import type { Faults } from '../../platform/faults.ts';
import { digest } from '../../platform/secrets.ts';
import { canonicalJson, type Ledger } from '../ledger/index.ts';
import type { Registry } from '../registry/index.ts';
import type { AlarmStore } from './store.ts';

/** Puts on record that the alarm settings differ from those of the last start: management of change, ISA-18.2 §17. */
export const recordSettings = ({ registry, store, ledger, faults }: { readonly registry: Registry; readonly store: AlarmStore; readonly ledger: Ledger; readonly faults: Faults }): void => {
  const hash = digest(canonicalJson(registry.plant.tags.map(({ id, alarms }) => ({ id, alarms }))));
  const before = store.settingsHash();
  if (before === hash) return;
  try {
    store.transaction(() => {
      store.putSettingsHash(hash);
      ledger.append({ actor: 'station', kind: 'alarm.settings', subject: registry.plant.id, body: { hash, before: before ?? null, plantVersion: registry.version } });
    });
  } catch (error) {
    faults.report({ source: 'alarms', code: 'SettingsNotRecorded', severity: 'warning', text: { zh: '报警设定的变更未能记入台账', en: 'The change of alarm settings could not be put on record' }, detail: String(error) });
  }
};
