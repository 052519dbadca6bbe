import { StatusCodes } from 'node-opcua-client';
import { expect, it } from 'vitest';
import { ADVICE } from './opcuaAdvice.ts';
import { STATUS } from './opcuaStatus.ts';
import { wordsFor, wordsOf } from './opcuaWords.ts';

const names = Object.values(StatusCodes).map(({ name }) => name).filter((name) => /^(Bad|Uncertain)/.test(name));

it('has words in both languages for every Bad and Uncertain code that the library knows, and for no other', () => {
  expect(names.length).toBeGreaterThan(200);
  expect(new Set(Object.keys(STATUS))).toEqual(new Set(names));
  for (const name of names) {
    const words = wordsOf(name)!.text;
    expect(words.zh, name).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(words.en, name).toMatch(/^[A-Z][A-Za-z]* .{20}/);
    expect(words.zh).toContain(name);
  }
});

it('says each code in its own words, and uses every advice', () => {
  for (const language of [0, 1] as const) expect(new Set(Object.values(STATUS).map((entry) => entry[language])).size).toBe(names.length);
  expect(new Set(Object.values(STATUS).map(([, , advice]) => advice))).toEqual(new Set(Object.keys(ADVICE)));
});

it('finds the code in what the library throws', () => {
  expect(wordsFor('serviceResult = BadUserAccessDenied (0x801f0000)')).toMatchObject({ isRefusal: true, text: { zh: expect.stringContaining('密码') } });
  expect(wordsFor('The connection may have been rejected by server, Err = (BadTcpEndpointUrlInvalid)').isRefusal).toBe(true);
  expect(wordsFor('Bad').text.en).toContain('gives no reason');
  expect(wordsFor('Bad luck').text.en).toBe('Cannot connect: Bad luck');
  expect(wordsFor('connect ECONNREFUSED 127.0.0.1:4840').text.zh).toContain('防火墙');
  expect(wordsFor('constructor').text.en).toBe('Cannot connect: constructor');
});
