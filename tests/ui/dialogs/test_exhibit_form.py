"""The form of an exhibit keeps its hands off the file that the project is in."""

from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.exhibit_form import ExhibitForm


def test_the_project_itself_is_no_exhibit_and_is_not_opened_beside_sqlite(tmp_path, look, qtbot):
    path = tmp_path / "news.annotator"
    store = Store.create(path, Identity(name="Ada"))
    form = ExhibitForm(Session(store), look)
    qtbot.addWidget(form)
    form.take_file(path)
    assert "is this project itself" in form.remark.text
    assert form.sha256.text() == form.title.text() == ""
    form.reject()
    store.close()
