// The few globals that Node and browsers share and that src-shared may use.
declare function structuredClone<T>(value: T): T;
declare function queueMicrotask(run: () => void): void;
declare class TextEncoder { encode(text: string): Uint8Array<ArrayBuffer>; }
declare class TextDecoder { decode(bytes: Uint8Array): string; }
declare class URL { constructor(url: string); readonly protocol: string; static canParse(url: string): boolean; }
