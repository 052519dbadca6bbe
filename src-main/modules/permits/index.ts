export { createPermits, type Permits } from './permits.ts';
