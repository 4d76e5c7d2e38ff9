import { pictureName } from '../../ratings/pictures/pictures';
import { useWorkbench } from '../workbench-context';

/** What is known of a run that was opened without its ratings. */
export function RunFacts() {
  const ratings = useWorkbench((state) => state.data?.ratings);
  if (!ratings) return null;
  const { name, userCount, itemCount } = ratings;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Learnt from</dt>
          <dd>
            <bdi>{pictureName(name) ?? name}</bdi>
          </dd>
        </div>
        <div>
          <dt>Users</dt>
          <dd>{userCount.toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>Items</dt>
          <dd>{itemCount.toLocaleString('en')}</dd>
        </div>
      </dl>
      <p className="field-note">
        Its ratings are not in the file: scrub, compare and export it. With its data opened first, it can go
        on.
      </p>
    </>
  );
}
