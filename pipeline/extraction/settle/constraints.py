"""The constraints in the order in which they rule, one a line."""

from __future__ import annotations

from pipeline.extraction.settle.attribution import drop_asides, link_reporters, name_first_persons
from pipeline.extraction.settle.blame import drop_blamed
from pipeline.extraction.settle.governing import drop_governed
from pipeline.extraction.settle.headings import drop_unheld_headings
from pipeline.extraction.settle.parting import part_roles
from pipeline.extraction.settle.relays import drop_relays
from pipeline.extraction.settle.repetition import drop_repeated, join_neither
from pipeline.extraction.settle.ruling import Constraint
from pipeline.extraction.settle.sharing import share_targets
from pipeline.extraction.settle.speech import drop_unasserted, settle_speeches

CONSTRAINTS = (
    Constraint("first-persons", name_first_persons),
    Constraint("speech", settle_speeches),
    Constraint("unasserted", drop_unasserted),
    Constraint("headings", drop_unheld_headings),
    Constraint("neither-nor", join_neither),
    Constraint("blamed", drop_blamed),
    Constraint("relays", drop_relays),
    Constraint("shared-targets", share_targets),
    Constraint("governed", drop_governed),
    Constraint("repeated", drop_repeated),
    Constraint("asides", drop_asides),
    Constraint("reporters", link_reporters),
    Constraint("parted", part_roles),
)
