import { stepWords } from '../../settings/history';
import type { LoadedData } from '../../state/loaded-data';
import { useWorkbench } from '../workbench-context';
import { Because } from './because';
import { Best } from './best';
import { Head } from './head';
import { NothingYet } from './nothing-yet';
import { Who } from './who';
import './recommend.css';

/** What the frame on the timeline recommends, to whom, and why. */
export function Recommend() {
  const data = useWorkbench((state) => state.data);
  return (
    <section className="box recommend" aria-label="Recommendations">
      {data ? <Panels data={data} /> : <p className="field-note">Waiting for ratings.</p>}
    </section>
  );
}

function Panels({ data }: { readonly data: LoadedData }) {
  const hasAdvice = useWorkbench((state) => state.advice !== null);
  const place = useWorkbench(
    ({ advice, isAdvising }) =>
      advice &&
      `${stepWords(advice.method, advice.step)}${isAdvising ? '; the next list is on its way' : ''}`,
  );
  return (
    <>
      <Head data={data} label="Who recommends" place={place} />
      <div className="recommend-parts">
        <Who data={data} />
        {hasAdvice ? (
          <>
            <Best data={data} />
            <Because data={data} />
          </>
        ) : (
          <NothingYet />
        )}
      </div>
    </>
  );
}
