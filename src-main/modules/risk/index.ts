export { createWeatherWatch, type LastValues, type LiveWeather, type TagIndex } from './weather.ts';
