import type { ReactNode } from 'react';

/** What is known of something: what it is called, and what it is. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode, more?: string])[] }) {
  return (
    <dl className="facts">
      {of.map(([name, value, more]) => (
        <div key={name} title={more}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
