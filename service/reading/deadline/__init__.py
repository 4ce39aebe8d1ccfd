"""Deadlines as people write them, in Danish, Norwegian, Swedish and English.

tidy (characters) -> tokens (figures, words, spelling) -> years (two figures) -> patterns (units)
-> clauses -> meaning -> lengths ("14 dage før") -> window
"""

from service.reading.deadline.reader import Deadline, read_deadline
from service.reading.deadline.recognition import looks_like_deadline, read_day_in

__all__ = ["Deadline", "looks_like_deadline", "read_day_in", "read_deadline"]
