/** Inputs of the compressor RUL model, in order: the keys of `machine.tags` in a plant model. */
export const COMPRESSOR_SENSORS = [
  'suctionPressure', 'dischargePressure', 'suctionTemperature', 'dischargeTemperature', 'flow', 'speed', 'motorCurrent', 'vibrationDe', 'vibrationNde', 'bearingTemperatureDe', 'bearingTemperatureNde', 'oilPressure', 'oilTemperature',
] as const;
export type CompressorSensor = (typeof COMPRESSOR_SENSORS)[number];
