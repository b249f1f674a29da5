"""What is asked, supposed or nearly was: clauses that tell of nothing that happened."""

from __future__ import annotations

from configs.language import Governors
from transforms.claims.grammar import Grammar
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.text import Sentence


class ConditionReader:
    """A language's words for conditions, compiled."""

    def __init__(self, governors: Governors, lex: Grammar) -> None:
        self._lex = lex
        self._inverting, self._present = frozenset(governors.inverting), frozenset(governors.present)
        self._temporal = frozenset(governors.temporal)
        self._conditionals = frozenset(governors.conditionals) | self._temporal

    def asked_or_nearly(self, scene: Scene, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether the sentence asks, or its verb tells of what nearly was: "almost took X", "all but captured X"."""
        norms, i = scene.words.norms, trigger.first
        asked = "?" in norms[max(sentence.first, sentence.last - 2) : sentence.last]
        return asked or norms[i - 1] in self._lex.nearly or norms[i - 2 : i] == ("all", "but")

    def feared(self, scene: Scene, sentence: Sentence, clause: int) -> bool:
        """Whether the clause from token ``clause`` on is what somebody fears: "fear that X will fall"."""
        before = scene.words.norms[max(sentence.first, clause - 3) : clause]
        return "that" in before and not self._lex.feared.isdisjoint(before)

    def conditional(self, scene: Scene, sentence: Sentence, trigger: Trigger, clause: int) -> bool:
        """Whether the trigger's clause, from token ``clause`` on, is a condition: "if they took X", "were they to"."""
        opening = scene.words.norms[clause]
        if opening in self._inverting and scene.words.texts[clause][0].isupper():
            return True
        return any(self._made_by(scene, i, sentence, trigger) for i in (clause - 1, clause))

    def supposed(self, scene: Scene, clause: int, sentence: Sentence) -> bool:
        """Whether the clause is what a condition asks for, and no time ("if they", not "after they")."""
        opening = scene.words.norms[max(sentence.first, clause - 1) : clause + 1]
        return not (self._conditionals - self._temporal).isdisjoint(opening)

    def _made_by(self, scene: Scene, i: int, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether token i makes its clause a condition; "once" and "until" do so only of what is to come ("once they
        capture X"), not of what has been ("until they captured X", "once a stronghold, X fell")."""
        norms = scene.words.norms
        if not sentence.first <= i < trigger.first or norms[i] not in self._conditionals:
            return False
        if norms[i] in self._lex.formerly and not self._opens_clause(scene, i + 1):
            return False
        present = (j for j in range(i, trigger.first) if norms[j] in self._present and j not in scene.actor_at)
        return norms[i] not in self._temporal or trigger.form in ("base", "s") or next(present, None) is not None

    def _opens_clause(self, scene: Scene, i: int) -> bool:
        """Whether a subject stands at token i: "once the army", "once they", "once Raqqa", not "once Syria's hub"."""
        place = scene.place_at.get(i)
        named = i in scene.actor_at or (place is not None and place.kind != "country")
        return named or scene.words.norms[i] in self._lex.persons or scene.words.norms[i] == "the"
