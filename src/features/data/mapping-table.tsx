import type { Mapping, Preview } from '../../ratings/columns';
import { useInSight } from './in-sight';

/** What a column can be said to be. */
export type Place = 'user' | 'item' | 'rating' | 'time';

interface Props {
  readonly rows: Preview['rows'];
  readonly mapping: Mapping;
  /** What a column can be. */
  readonly roles: readonly { readonly id: Place; readonly name: string }[];
  readonly onChange: (mapping: Mapping) => void;
}

/** CSS pixels of a column: all are as wide, so that only those in sight need be there. */
const columnWidth = 136;

/** The first rows of a table, with what each column is. A matrix may have thousands of columns. */
export function MappingTable({ rows, mapping, roles, onChange }: Props) {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const { viewport, from, to, look } = useInSight(count, columnWidth, 'columns');
  const columns = Array.from({ length: to - from }, (_, i) => from + i);
  const body = rows.map((fields, at) => ({ at, fields }));
  const put = (column: number, role: string) => {
    const after = { ...mapping };
    for (const { id } of roles) if (after[id] === column) after[id] = -1;
    onChange(role === 'none' ? after : { ...after, [role]: column });
  };
  return (
    <section ref={viewport} className="mapping-table" aria-label="First rows" onScroll={look}>
      <table aria-colcount={count} style={{ width: count * columnWidth }}>
        <colgroup>
          <col style={{ width: from * columnWidth }} />
          {columns.map((at) => (
            <col key={at} style={{ width: columnWidth }} />
          ))}
          <col />
        </colgroup>
        <thead>
          <tr>
            <td />
            {columns.map((at) => (
              <th key={at} scope="col" aria-colindex={at + 1}>
                <select
                  aria-label={`Column ${at + 1}`}
                  value={roles.find(({ id }) => mapping[id] === at)?.id ?? 'none'}
                  onChange={(event) => put(at, event.currentTarget.value)}
                >
                  <option value="none">–</option>
                  {roles.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map(({ at: row, fields }) => (
            <tr key={row} data-header={row === 0 && mapping.header}>
              <td />
              {columns.map((at) => (
                <td
                  key={at}
                  aria-colindex={at + 1}
                  data-used={roles.some(({ id }) => mapping[id] === at)}
                  title={fields[at]}
                >
                  <bdi>{fields[at] ?? ''}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
