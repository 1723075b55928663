"""What answers look like: one answer, the format of a set of answers, and what deviates from it. Knows no checks."""

from dataaudit.formats.contract_read import read_contract
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.formats import Formats, GroupFormat, ResolvedFormat
from dataaudit.formats.groups import Sample
from dataaudit.formats.learn import learn_formats

__all__ = ["Deviation", "Formats", "GroupFormat", "ResolvedFormat", "Sample", "learn_formats", "read_contract"]
