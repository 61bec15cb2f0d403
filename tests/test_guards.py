"""The guards of the suite themselves: the network is cut, processes on this machine may talk."""

import os
import socket
from contextlib import suppress

import pytest


def test_reaching_a_host_fails_even_where_errors_are_caught():
    refused = pytest.raises(pytest.fail.Exception, match="tried to reach the network")
    with refused, suppress(Exception):
        socket.create_connection(("127.0.0.1", 9), timeout=1)


def test_looking_up_a_name_fails():
    with pytest.raises(pytest.fail.Exception, match="tried to reach the network"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets on this system")
def test_a_socket_between_local_processes_works(tmp_path):
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)


def test_settings_of_the_person_who_runs_the_tests_are_out_of_reach():
    assert "annotator-tests-" in os.environ["XDG_CONFIG_HOME"]
