import pytest
from etiquette_kit.hosts.server.frame import frame
from tests.support.web_socket import WebSocket


class Reader(WebSocket):
    def __init__(self) -> None:
        super().__init__(b"", b"")
        self._upgraded = True
        self.messages = []

    def heard(self, payload: bytes):
        self.messages.append(payload)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_a_message_of_any_length_arrives_as_it_was_sent(size: int):
    reader = Reader()
    message = b"x" * size
    reader.data_received(frame(message)[:1])
    reader.data_received(frame(message)[1:] + frame(b"next"))
    assert reader.messages == [message, b"next"]


def test_a_message_for_many_lies_in_memory_once():
    assert frame(b"the page") is frame(b"the page")
