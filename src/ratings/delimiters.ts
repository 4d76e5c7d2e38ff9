/** What may delimit fields, in words; where two divide a text equally well, the first is meant. A blank is any run of them. */
export const delimiters = [
  { id: '::', words: 'two colons' },
  { id: '\t\t', words: 'two tabs' },
  { id: '\t', words: 'tab' },
  { id: ';', words: 'semicolon' },
  { id: '|', words: 'bar' },
  { id: ',', words: 'comma' },
  { id: ' ', words: 'blanks' },
] as const;
