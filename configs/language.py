"""What a language knows of war reporting, as frozen values: one lexicon for each file of its folder."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from configs.date_language import DateLexicon
from configs.header_language import HeaderWords
from configs.model import STRICT
from configs.place_language import PlaceWords

Shape = Literal[
    "takes", "removes", "moves", "leaves", "falls", "loses", "repels", "gives", "attacks", "noun", "held", "held_by",
    "stronghold", "under", "lifts", "divided", "state", "frees",
]  # fmt: skip


@dataclass(config=STRICT, frozen=True)
class FrameRule:
    """One way to say a claim. ``shape`` tells where its arguments stand, see :mod:`transforms.claims.frames`.

    A phrase begins with a verb in its base form (or a noun, for the shape ``noun``); ``?word`` may be missing and
    ``a|b`` are alternatives. ``preps`` are the prepositions before the place. Examples are run both ways: ``examples``
    map a sentence to its claims ("capture happened sdf isis Raqqa"), ``counter`` sentences make none of this rule.
    """

    id: str
    type: str
    shape: Shape
    phrases: tuple[str, ...]
    preps: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Words right behind it that make it another verb ("take part")."""
    without: tuple[str, ...] = ()
    """Forms that do not count ("leaving" mostly tells a result, not a retreat)."""
    own_voice: bool = False
    """Verbs that only the winner's side uses of a deed ("was liberated"): without an agent it is whoever speaks."""
    examples: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    counter: tuple[str, ...] = ()


@dataclass(config=STRICT, frozen=True)
class Frames:
    """The frames of a language, the verbs that it inflects irregularly, and the nouns that stand for ground."""

    irregular: dict[str, tuple[str, str, str]]
    """Base form to past, participle and gerund."""
    doubling: tuple[str, ...]
    """Verbs that double their last letter ("oust" does not, "repel" does)."""
    held: tuple[str, ...]
    """Second parts of compounds that say who holds a place ("rebel-held")."""
    ground: tuple[str, ...]
    """Nouns for unnamed ground: taking these in a place is gaining ground there, no more."""
    attack_nouns: tuple[str, ...]
    part_of: tuple[str, ...]
    most_of: tuple[str, ...]
    anaphors: dict[str, tuple[str, ...]]
    """Nouns that stand for a place named before, with the kinds of places they may stand for (none given: any)."""
    pronouns: tuple[str, ...]
    strongholds: tuple[str, ...]
    """Nouns that say who holds a place ("the IS stronghold of X")."""
    boundaries: tuple[str, ...]
    """Words that begin another clause."""
    rules: tuple[FrameRule, ...]


@dataclass(config=STRICT, frozen=True)
class Governors:
    """Words that govern a verb and decide whether it happened ("failed to capture", "battling to retake")."""

    achieved: tuple[str, ...]
    effort: tuple[str, ...]
    intention: tuple[str, ...]
    pending: tuple[str, ...]
    causing: tuple[str, ...]
    """Verbs that bring the infinitive behind their object about ("forced B to abandon X")."""
    failure: tuple[str, ...]
    preventing: tuple[str, ...]
    """Verbs of keeping somebody "from" doing something."""
    negation: tuple[str, ...]
    managing: tuple[str, ...]
    modals: tuple[str, ...]
    inverting: tuple[str, ...]
    """Verbs that make a condition of the sentence that they open ("Had rebels taken X, ...")."""
    future: tuple[str, ...]
    """Modals under which whatever bare infinitive follows is yet to come ("would see fighters leave and A take X")."""
    conditionals: tuple[str, ...]
    temporal: tuple[str, ...]
    """Words that make a clause a condition only where its verb stands in the present ("once they capture")."""
    present: tuple[str, ...]
    """Forms of "be" by which a passive is known to stand in the present ("once it is captured")."""
    denial: tuple[str, ...]
    predicates: tuple[str, ...]
    """Verbs behind a gerund's object that make it a topic ("capturing X is a goal", "recapturing it would cut")."""
    nominalising: tuple[str, ...]
    """Prepositions before a gerund that make it a topic and no deed ("accused of fleeing", "efforts on capturing")."""
    untrue: tuple[str, ...]
    """Words after a verb that take it back ("reports that X had fallen were untrue")."""


@dataclass(config=STRICT, frozen=True)
class Claimants:
    """How reports say who says so."""

    saying: tuple[str, ...]
    """Verbs of saying, every form ("said", "reported")."""
    according: tuple[str, ...]
    monitors: tuple[str, ...]
    officials: tuple[str, ...]
    anonymous: tuple[str, ...]
    outlets: tuple[str, ...]
    persons: tuple[str, ...]
    """Pronouns that stand for the claimant named before."""


@dataclass(config=STRICT, frozen=True)
class Syntax:
    """The small words that frames lean on."""

    determiners: tuple[str, ...]
    """Words between a preposition and the name it governs."""
    definite: tuple[str, ...]
    """Words that open a description of a place named before ("the city", "both villages")."""
    vague: tuple[str, ...]
    """Adverbs that put a deed into a past of which nothing more is told ("recently seized")."""
    excluding: tuple[str, ...]
    """What follows one of these is left out ("all of X except Y")."""
    following: tuple[str, ...]
    """Words between an actor and a verb that bring its company along ("and its allies")."""
    outlying: tuple[str, ...]
    """Nouns for places that are named by a larger one beside them ("a Damascus suburb")."""
    presupposing: tuple[str, ...]
    """Words under which a deed is taken for granted ("since the fall of X")."""
    dating: tuple[str, ...]
    """Words before a date ("seized in September by A")."""
    provinces: tuple[str, ...]
    forming: tuple[str, ...]
    adding: tuple[str, ...]
    placing: tuple[str, ...]
    ending: tuple[str, ...]
    declaring: tuple[str, ...]
    slipping: tuple[str, ...]
    feared: tuple[str, ...]
    lasting: tuple[str, ...]
    waging: tuple[str, ...]
    occasions: tuple[str, ...]
    boroughs: tuple[str, ...]
    left_as: tuple[str, ...]
    nearly: tuple[str, ...]
    litter: tuple[str, ...]
    irregular_verbs: tuple[str, ...]
    participles: tuple[str, ...]
    departing: tuple[str, ...]
    """Nouns for the governorate of the place spoken of ("the province")."""
    provincial: tuple[str, ...]
    """Adjectives by which a description means its capital ("the provincial capital")."""
    styled: tuple[str, ...]
    """Words by which a capital is a group's own ("the de facto IS capital")."""
    during: tuple[str, ...]
    """Words before a noun of fighting that goes along with a deed ("amid heavy clashes")."""
    collapsing: tuple[str, ...]
    timing: tuple[str, ...]
    edges: tuple[str, ...]
    """Verbs behind an attack that make it one that failed ("an assault on X has failed")."""
    terms: tuple[str, ...]
    """Prepositions before the agreement by which a place changes hands."""
    deals: tuple[str, ...]
    """Nouns for such an agreement."""
    defending: tuple[str, ...]
    """Verbs that make a battle one to keep a place ("a battle to defend X")."""
    roles: tuple[str, ...]
    """Words after "as" that begin no clause ("as part of", "as its capital")."""
    circumstances: tuple[str, ...]
    """Prepositions under which an attack is only when or how something else happened ("killed in an attack on X")."""
    unnamed: tuple[str, ...]
    """Plural nouns for ground that is not named: what is said of it is not said of a place named before it."""
    claiming: tuple[str, ...]
    """Participles before "by" whose agent did the deed ("the capture of X was announced by the army")."""
    failing: tuple[str, ...]
    """Adjectives that make an attack one that failed ("an abortive offensive")."""
    aside: tuple[str, ...]
    """Prepositions before a place that only tells where something else is ("near X", "from X")."""
    groups: tuple[str, ...]
    """Nouns that stand before a group's name ("its affiliate the Nusra Front")."""
    persons: tuple[str, ...]
    """Pronouns behind a noun that begin a clause about it ("the districts they entered")."""
    indefinite: tuple[str, ...]
    """Words that open one of a place not named yet ("a village")."""
    counts: dict[str, int]
    """How many places a description means ("the two villages")."""
    oblique: tuple[str, ...]
    """Prepositions: an actor after one of these is no subject."""
    quantities: tuple[str, ...]
    # "dozens of fighters": an actor after one of these and "of" is a subject all the same.
    locating: tuple[str, ...]
    """Words that tell where a place lies; a list of places ends at them."""
    be: tuple[str, ...]
    """Forms that make a participle passive."""
    adverbs: tuple[str, ...]
    """Words between these forms and the participle."""
    auxiliaries: tuple[str, ...]
    """Verb forms behind an actor that make it a subject ("after clashes with B, A was able to")."""
    weapons: tuple[str, ...]
    # "air assault", "aid operation": no operation to take a place.
    openers: tuple[str, ...]
    """Verbs that open an operation: their subject wages it."""
    officials: tuple[str, ...]
    """Nouns for those who speak of what others have done ("US officials")."""
    partly: tuple[str, ...]
    """Adverbs that leave a deed or state with a part of the place."""
    pronouns: tuple[str, ...]
    """Subjects that stand for whom the sentence before speaks of."""
    fillers: tuple[str, ...]
    """Words between a governor and what it governs ("vowed to fully retake")."""
    operations: tuple[str, ...]
    """An infinitive after one of these is an effort under way ("launched an assault to capture")."""
    planned: tuple[str, ...]
    """Words before a noun that make it a plan ("preparations for their offensive")."""
    carrying: tuple[str, ...]
    """Participles behind vehicles whose object leaves or comes with them ("buses carrying rebels")."""
    reversing: tuple[str, ...]
    """Verbs before a noun of advance that undo it ("reversed rebel gains around X")."""
    bygone: tuple[str, ...]
    """Adverbs before a state that make it one of the past ("was briefly held by")."""
    heads: tuple[str, ...]
    """Nouns to which a place's name before them is but an attribute ("the Damascus water source")."""
    spots: tuple[str, ...]
    """Nouns for one spot within a place that is not held with it ("the only army-held position in X")."""
    notable: tuple[str, ...]
    """Adjectives by which a city's name before "town" only tells where the town lies ("key Hama town")."""
    final: tuple[str, ...]
    """Adjectives before one of ``remnants`` that make it all that is left ("the last pocket of territory in X")."""
    remnants: tuple[str, ...]
    falling: tuple[str, ...]
    """Nouns before a lost place behind which "to" names who takes it ("the fall of X to Y")."""
    backing: tuple[str, ...]
    links: tuple[str, ...]
    # "fighters from the SDF", "forces loyal to Assad".
    formerly: tuple[str, ...]
    """Words that make a state one of the past ("once a rebel stronghold")."""
    among: tuple[str, ...]
    """ "people, including rebel fighters": the actor after one of these does it too."""
    tails: tuple[str, ...]
    """Words at which a page's headlines of other stories begin, where capitals follow."""
    articles: tuple[str, ...]
    """A verb's base form after one of these is a noun."""
    civilians: tuple[str, ...]
    """People whose leaving is no withdrawal."""
    attributes: tuple[str, ...]
    """Capitalised adjectives that may stand before a place's name or noun."""
    becoming: tuple[str, ...]
    """Verbs before "under control" that make it a capture ("was brought under army control")."""
    enabling: tuple[str, ...]
    """Verbs after a noun whose object did the deed ("the capture of X enabled the army to")."""
    adjective_endings: tuple[str, ...]
    negating: tuple[str, ...]
    """Words that turn a state into its opposite ("not under the control of")."""
    wholes: tuple[str, ...]
    """Nouns before "of" that leave the place whole ("the town of X", "most of X")."""
    halting: tuple[str, ...]
    """Verbs that repel only where an attacker is named."""
    harming: tuple[str, ...]
    """Verbs whose object does nothing else ("killed 30 militants")."""
    apart: tuple[str, ...]
    """Prepositions that put ground beside a place, not in it ("a region near X")."""
    sieges: tuple[str, ...]
    within: tuple[str, ...]
    """Prepositions between ground and the place it lies in ("villages in X")."""
    away: tuple[str, ...]
    """Prepositions that lead away from a verb's object."""
    ceasing: tuple[str, ...]
    """Words before somebody's control of a place that tell of its end, of its being given, or of another time."""
    joints: tuple[str, ...]
    """What joins the members of a list."""
    trying: tuple[str, ...]
    """Words for an attempt behind "repelled B, who were"."""
    ranked: tuple[str, ...]
    """Words with which an infinitive tells what has happened ("the latest town to fall")."""
    rebuffed: tuple[str, ...]
    """Words behind "but" that tell of an attempt's failure."""
    naming: tuple[str, ...]
    """What introduces the names of what was counted ("three villages, namely X and Y")."""


@dataclass(config=STRICT, frozen=True)
class Language:
    """All that one language knows; a field a file."""

    slug: str
    dates: DateLexicon
    headers: HeaderWords
    places: PlaceWords
    frames: Frames
    governors: Governors
    claimants: Claimants
    syntax: Syntax
