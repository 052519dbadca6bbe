import { Shell } from './app/Shell.tsx';
import { startPage } from './app/start.tsx';

await startPage({ view: <Shell />, wall: false });
