import { startPage } from './app/start.tsx';
import { WallScreen } from './app/screens/WallScreen.tsx';

await startPage({ view: <WallScreen />, wall: true });
