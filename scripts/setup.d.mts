export declare const root: string;
export declare function setUp(): Promise<void>;
export declare function projectNode(): string;
export declare function projectEnvironment(): NodeJS.ProcessEnv;
export declare function runUnderProjectNode(argv: readonly string[]): Promise<number>;
