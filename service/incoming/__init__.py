"""What comes back: answers to invitations and returned messages, read from a mailbox."""
