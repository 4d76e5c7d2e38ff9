import type { CSSProperties, ReactNode } from 'react';
import type { MethodId } from '../../methods/method';

/** What is said of one method, in its colour. */
export function Card({
  method,
  label,
  title,
  tools,
  children,
}: {
  method: MethodId;
  label: string;
  title: string;
  tools: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      className="inspector-card"
      aria-label={label}
      style={{ '--method': `var(--method-${method})` } as CSSProperties}
    >
      <header>
        <h2>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}
