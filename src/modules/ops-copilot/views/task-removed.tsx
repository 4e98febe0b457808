/** After a task was removed: the way back. */
import { EmptyState } from '../../../views/empty-state.tsx'

export function TaskRemovedPage({ id }: { id: string }) {
  return (
    <EmptyState
      icon="trash"
      title="The task is removed"
      actions={
        <>
          <form action={`/ops/tasks/${id}/restore`} method="post">
            <button type="submit" class="btn btn-primary">
              Bring it back
            </button>
          </form>
          <a class="btn border-base-300 bg-base-100" href="/ops/tasks">
            To the tasks
          </a>
        </>
      }
    />
  )
}
