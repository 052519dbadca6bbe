export { isOutside } from './limits.ts';
export { SampleText, TagBar } from './TagBar.tsx';
export { WeatherNow } from './WeatherNow.tsx';
