import { pictureName } from '../../ratings/pictures/names';
import { grouped } from '../../words/numbers';
import { useWorkbench } from '../workbench-context';
import { Facts } from './facts';

/** What is known of a run that was opened without its ratings. */
export function RunFacts() {
  const ratings = useWorkbench((state) => state.data?.ratings);
  if (!ratings) return null;
  const { name, userCount, itemCount } = ratings;
  return (
    <>
      <Facts
        of={[
          ['Learnt from', <bdi key="name">{pictureName(name) ?? name}</bdi>],
          ['Users', grouped(userCount)],
          ['Items', grouped(itemCount)],
        ]}
      />
      <p className="field-note">
        Its ratings are not in the file: scrub, compare and export it. With its data opened first, it can go
        on.
      </p>
    </>
  );
}
