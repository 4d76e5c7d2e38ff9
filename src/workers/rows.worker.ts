import { expose, transfer } from 'comlink';
import { plainRows } from '../ratings/formats/plain-rows';
import type { RowsApi } from './protocol';

const api: RowsApi = {
  ping() {},
  read(bytes, form) {
    const read = plainRows(bytes, form);
    const { users, items, values, times } = read;
    return transfer(
      read,
      [users, items, values, times].map(({ buffer }) => buffer as ArrayBuffer),
    );
  },
};

expose(api);
