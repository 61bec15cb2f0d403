"""What the actions on versions of articles do: make one, offer what an import found, go through the marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt

from annotator.store import edits, read
from annotator.ui.commands.project import tr

if TYPE_CHECKING:  # what an action needs is loaded when it is asked for
    from annotator.domain.ids import ArticleId, MarkId
    from annotator.store.bulk import Progress
    from annotator.store.newer import Newer
    from annotator.ui.dialogs.version_review import VersionReview
    from annotator.ui.window import MainWindow

T = TypeVar("T")


class VersionCommands:
    """Actions of one window on corrected articles."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.functions: dict[str, Callable[[], object]] = {
            "new-version": self.make,
            "review-version": self.review,
        }

    def make(self) -> None:
        """Make the article in front a newer version of another one, and go through its marks."""
        from annotator.ui.dialogs.version_choice import VersionChoice

        window = self._window
        store, article = window.session.store, window.session.focus.article
        if article is None:
            return
        dialog = VersionChoice(window.session, article, window.look, window)
        older = dialog.chosen() if dialog.exec() else None
        if older is None:
            return
        made = self._carry(lambda tell: edits.make_version(store, article, older, tell), [older])
        if made is not None:
            self.review()

    def offer(self, found: Sequence[Newer]) -> None:
        """Ask which articles just brought in become newer versions of others; go through the marks of one."""
        from annotator.ui.dialogs.version_offer import VersionOffer
        from annotator.ui.panels.words import count_of_marks

        window = self._window
        store = window.session.store
        dialog = VersionOffer(window.session, found, window.look, window)
        chosen = dialog.chosen() if dialog.exec() else []
        if not chosen:
            return
        made = self._carry(
            lambda tell: edits.make_versions(store, chosen, tell), [one.older for one in chosen]
        )
        if made is None:
            return
        window.session.open_article(chosen[0].article)
        if len(chosen) == 1:
            self.review()
            return
        words = tr("{count} articles are newer versions now, with {marks}. “{action}” shows them.")
        action = window.menus.actions["review-version"].text()
        window.say(words.format(count=len(chosen), marks=count_of_marks(sum(made.values())), action=action))

    def _carry(self, make: Callable[[Progress], T], older: Sequence[ArticleId]) -> T | None:
        """Make newer versions beside the window; None where that was refused or stopped, which is said."""
        from annotator.store import lists
        from annotator.ui.dialogs.progress import change_beside

        window = self._window
        store = window.session.store
        rows = [lists.article_row(store, one) for one in older]

        def carry() -> T | None:
            marks = sum(row.marks for row in rows if row is not None)
            made = change_beside(window, store, tr("Carrying marks over"), make, marks)
            if made is None:
                window.say(tr("Stopped; nothing was changed."))
            return made

        return window.hands.desk.guarded(carry)

    def review(self) -> None:
        """Show what became of the marks of the older version of the article in front."""
        window = self._window
        article = window.session.focus.article
        if article is None or not self._show_review(article):
            window.say(tr("This article is not a newer version of another one."))

    def review_mark(self, newer: ArticleId, mark: MarkId) -> None:
        """Show what became of one mark of the older version of an article."""
        review = self._show_review(newer)
        if review is not None:
            review.stand_on(mark)

    def _show_review(self, article: ArticleId) -> VersionReview | None:
        """The marks carried over into an article; None where it is no newer version."""
        from annotator.ui.dialogs.version_review import VersionReview

        window = self._window
        older = read.article(window.session.store, article).version_of
        if older is None:
            return None
        guarded = window.hands.desk.guarded
        review = VersionReview(window.session, older, article, window.look, guarded, window)
        review.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        review.mark_asked.connect(window.session.hold)
        window.dressing.changed.connect(review.set_look)
        review.show()
        return review
