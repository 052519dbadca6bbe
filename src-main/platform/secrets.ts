import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A new random secret of 32 bytes, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256, hex: for secrets that are random already. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** scrypt (N 16384, r 8, p 1; 16 MB and some 50 ms, in the thread pool) of a short secret, hex. */
export const slowDigest = (secret: string, salt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), salt, 32, (error, key) => (error === null ? resolve(key.toString('hex')) : reject(error)));
  });

/** Compares digests of equal length in constant time. */
export const sameDigest = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
