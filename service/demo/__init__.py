"""The demo's stand-in world: a mailbox, a Teams workflow, and a page that shows what they received."""
