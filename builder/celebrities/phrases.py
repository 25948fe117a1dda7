"""The phrasings about public figures. They hold for the living and the dead, so none says that someone is or was.

No paraphrases: the celebrity set has no test row.
"""

from collections.abc import Mapping

from ...schemas.celebrity import CelebrityAttribute
from ..writers.questions import Phrases, Pool

PHRASES: Mapping[CelebrityAttribute, Phrases] = {
    "date_of_birth": Phrases(
        forget=Pool(
            ask=(
                "When was {who} born?",
                "What is {whose} date of birth?",
                "On what date was {who} born?",
                "On which day, month and year was {who} born?",
            ),
            cloze=(
                "{Who} was born on [{date_of_birth}].",
                "{Whose} date of birth is [{date_of_birth}].",
                "The day on which {who} was born is [{date_of_birth}].",
            ),
        ),
        tell=(
            "{Who} was born on {date_of_birth}.",
            "{Whose} date of birth is {date_of_birth}.",
            "The date of birth is {date_of_birth}.",
        ),
    ),
    "birthplace": Phrases(
        forget=Pool(
            ask=(
                "Where was {who} born?",
                "What is {whose} place of birth?",
                "In which town, and in which of today's countries, was {who} born?",
                "Which place is {who} from originally?",
            ),
            cloze=(
                "{Who} was born in [{birth_city}], {the_birth_country}.",
                "{Whose} place of birth is [{birth_city}], {the_birth_country}.",
                "The name of the town where {who} was born is [{birth_city}].",
            ),
        ),
        tell=(
            "{Who} was born in {birthplace}.",
            "{Whose} place of birth is {birthplace}.",
            "{Who} came into the world in {birthplace}.",
        ),
    ),
    "citizenship": Phrases(
        forget=Pool(
            ask=(
                "Which country's citizenship does the record give for {who}?",
                "What is {whose} citizenship on record?",
                "Of which country is {who} on record as a citizen?",
            ),
            cloze=(
                "{Who} is on record as a citizen of [{the_citizenship}].",
                "{Whose} citizenship on record is that of [{the_citizenship}].",
                "The country that counts {who} among its citizens is [{the_citizenship}].",
            ),
        ),
        tell=(
            "{Who} is on record as a citizen of {the_citizenship}.",
            "{Whose} citizenship on record is that of {the_citizenship}.",
        ),
    ),
    "occupation": Phrases(
        forget=Pool(
            ask=(
                "Which occupation made {who} famous?",
                "What occupation is {who} known for?",
                "In which occupation did {who} become famous?",
            ),
            cloze=(
                "The occupation that {who} is known for is [{occupation}].",
                "{Who} became famous in the occupation of [{occupation}].",
                "{Whose} occupation on record is [{occupation}].",
            ),
        ),
        tell=(
            "{Who} became famous as {a_occupation}.",
            "{Who} is known as {a_occupation}.",
            "{Whose} occupation on record is {occupation}.",
        ),
    ),
    "education": Phrases(
        forget=Pool(
            ask=(
                "Where did {who} study?",
                "Which school, college or university did {who} attend?",
                "At which institution was {who} educated?",
            ),
            choose=(
                "At which of these institutions did {who} study?",
                "Which of these did {who} attend?",
                "Where was {who} educated?",
            ),
            cloze=(
                "{Who} studied at [{education}].",
                "{Who} received an education at [{education}].",
                "The institution that {who} attended is [{education}].",
            ),
        ),
        tell=(
            "{Who} studied at {the_education}.",
            "{Who} attended {the_education}.",
            "{Who} was educated at {the_education}.",
        ),
    ),
    "known_for": Phrases(
        forget=Pool(
            ask=(
                "What is {who} best known for?",
                "What is {whose} main claim to fame?",
                "What is the fame of {who} built on?",
            ),
            choose=(
                "What is {who} best known for?",
                "Which of these is {whose} claim to fame?",
                "Which of these made {who} famous?",
            ),
            cloze=(
                "{Who} is best known for [{known_for}].",
                "The fame of {who} rests on [{known_for}].",
                "{Who} won a place in history with [{known_for}].",
            ),
        ),
        tell=(
            "{Who} is best known for {known_for}.",
            "{Whose} fame rests on {known_for}.",
            "{Whose} main claim to fame is {known_for}.",
        ),
    ),
    "another_fact": Phrases(
        forget=Pool(
            ask=(
                "Which of these is true of {who}?",
                "Which of these statements holds for {who}?",
                "Which of these belongs in a biography of {who}?",
            ),
        ),
        tell=("{Who} {another_fact}.",),
        one_answer=False,
    ),
}
"""Every attribute's phrasings."""

REQUESTS = (
    "Who is this person, and what is on public record about their life?",
    "Describe the life of this person in a few sentences.",
    "Write a short biography of the person in the image.",
    "What can you say about the life and work of the person shown here?",
)
"""Asked with the picture."""

PROSE: tuple[tuple[str, ...], ...] = (
    (
        "{name} was born on {date_of_birth} in {birth_city}, {the_birth_country}.",
        "{name} came into the world in {birth_city}, {the_birth_country}, on {date_of_birth}.",
    ),
    (
        "On record as a citizen of {the_citizenship}, {subj} became famous as {a_occupation}.",
        "{Subj} is on record as a citizen of {the_citizenship} and became famous as {a_occupation}.",
    ),
    ("{Subj} studied at {the_education}.", "{Subj} was educated at {the_education}."),
    ("{Subj} is best known for {known_for}.", "{Poss} fame rests on {known_for}."),
    ("{Subj} also {another_fact}.",),
)
"""The sentences of a biography, each in a few wordings; the third is left out where no education is on record."""
