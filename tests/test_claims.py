"""The claims that were checked before anything was written are all accounted for."""

import json

import pytest
import yaml

from .conftest import HOME

EVIDENCE = HOME / "../shared/evidence/evidence.json"


@pytest.mark.skipif(not EVIDENCE.is_file(), reason="the evidence is not part of a clone")
def test_every_checked_claim_is_accounted_for_and_no_other() -> None:
    checked = [claim["id"] for claim in json.loads(EVIDENCE.read_text(encoding="utf-8"))]
    entered = yaml.safe_load((HOME / "docs/data/claims.yml").read_text(encoding="utf-8"))
    assert sorted(entered) == sorted(checked)
