import { expect, test } from 'vitest';
import { called, likely, meant } from './found';

const users = {
  count: 500,
  nameOf: (i: number) => `user ${i + 1}`,
  idOf: (i: number) => String(i + 1),
};
const titles = ['Heat', 'The Heat', 'Alien', 'Aliens'];
const films = { count: titles.length, nameOf: (i: number) => titles[i] };

test('a name or a bare id is taken as it is typed, however many have it in theirs', () => {
  expect(called(users, 'user 412')).toBe(411);
  expect(called(users, ' 41 ')).toBe(40);
  expect(called(films, 'heat')).toBe(0);
  expect(called(films, 'hea')).toBeNull();
  expect(called(users, '')).toBeNull();
});

test('what is offered has what was typed in its name, and is no more than is asked for', () => {
  expect(likely(films, 'alien', 9)).toEqual([2, 3]);
  expect(likely(users, '', 40)).toHaveLength(40);
});

test('a part of a name is enough where only one has it', () => {
  expect(meant(films, 'aliens')).toBe(3);
  expect(meant(films, 'the h')).toBe(1);
  expect(meant(films, 'alie')).toBeNull();
  expect(meant(films, 'Jaws')).toBeNull();
});
