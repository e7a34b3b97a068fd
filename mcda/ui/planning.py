"""What is asked of a plan on the page Budget: one task, the steps back from it, and the plan that was taken over."""

from dataclasses import dataclass, replace

from mcda.portfolio import Plan, PlanTask

MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Planning:
    """`task`: what is asked, None for what the page proposes. `undo`: what was asked before, the latest last.
    `taken`: the plan that goes into the documents."""

    task: PlanTask | None = None
    undo: tuple[PlanTask | None, ...] = ()
    taken: Plan | None = None

    def asked(self, task: PlanTask) -> "Planning":
        """With another task, one step further."""
        if task == self.task:
            return self
        return replace(self, task=task, undo=(*self.undo, self.task)[-MOST_STEPS:])

    def back(self) -> "Planning":
        """One step back; nothing to take back is no error."""
        return replace(self, task=self.undo[-1], undo=self.undo[:-1]) if self.undo else self


NOTHING_PLANNED = Planning()
