"""An address at which participants go on practising."""

ADDRESS = "https://intranet.example.org/quiz/"
