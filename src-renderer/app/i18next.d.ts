import type { zh } from './texts/zh.ts';

declare module 'i18next' {
  // Only an interface can widen another; this one types every `t('…')` of the renderer.
  interface CustomTypeOptions {
    defaultNS: 'anlan';
    resources: { anlan: typeof zh };
  }
}
