"""Loaded last by the process that commands are forked from: what coverage saw of the loading is stored there.

Otherwise each command would store it again, which takes longer than most commands do.
"""

from coverage import Coverage

if measuring := Coverage.current():
    measuring.save()
