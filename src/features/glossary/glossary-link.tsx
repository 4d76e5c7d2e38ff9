import { lazy, Suspense, useState } from 'react';

const GlossaryDialog = lazy(() => import('./glossary-dialog'));

/** Opens the glossary, at a term or at its beginning. */
export function GlossaryLink({ at = '', children }: { at?: string; children: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {children}
      </button>
      <Suspense>{open && <GlossaryDialog at={at} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
