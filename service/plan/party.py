"""Who is responsible, as the plan names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One responsible party, however it is written.

    `id` is lower-case ASCII made of letters, digits and single hyphens ("sb", "slagelse-kommune"); `name` is
    the fullest way the plan writes it; `aliases` are the other ways; `members` are the ids of the parties of
    a group ("Boligorganisationerne").
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
