"""The fixture of pytest. Installed with the package; nothing needs to be imported."""

import pytest

from . import Emulator


@pytest.fixture(scope="session")
def vonage_video_emulator():
    """A local Vonage Video API that runs as long as the tests do."""
    with Emulator() as emulator:
        yield emulator
