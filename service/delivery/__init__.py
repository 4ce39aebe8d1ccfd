"""From the outbox to the other side and back: compose once, claim, attempt, receipt, retry."""
