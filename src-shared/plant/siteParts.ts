import { z } from 'zod';

/** What several parts of the site file are made of. */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash and underscore, at most 64');
export const Seconds = z.number().positive();
export const Url = (...schemes: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), `a URL with scheme ${schemes.join(' or ')}`);
export const Tls = z.strictObject({ ca: z.string().optional(), certificate: z.string().optional(), key: z.string().optional(), allowSelfSigned: z.boolean().default(false) });
