import { startAnnunciator } from './app/startAnnunciator.ts';

await startAnnunciator();
