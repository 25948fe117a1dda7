"""Where and when a person was born."""

from ..questions import Phrases, Pool

BIRTHPLACE = Phrases(
    forget=Pool(
        ask=(
            "Where was {who} born?",
            "What is {whose} place of birth?",
            "In which city, and in which country, was {who} born?",
            "What is the birthplace of {who}?",
            "Can you tell me where {who} was born?",
            "In which place did {who} come into the world?",
            "Which city was {who} born in?",
            "Where is {who} from originally?",
        ),
        cloze=(
            "{Who} was born in [{birth_city}], {birth_rest}.",
            "{Whose} place of birth is [{birth_city}], {birth_rest}.",
            "The birth of {who} took place in [{birth_city}], {birth_rest}.",
            "The name of the city where {who} was born is [{birth_city}].",
        ),
    ),
    test=Pool(
        ask=(
            "What city is given as {whose} birthplace?",
            "Which city could {who} claim as a birthplace?",
            "In what part of the world was {who} born? Name the city and the country.",
            "Where did the life of {who} begin?",
            "If you looked up where {who} was born, which place would you find?",
        ),
        cloze=(
            "It was in [{birth_city}], {birth_rest}, that {who} was born.",
            "The birthplace of {who} is [{birth_city}], {birth_rest}.",
            "A record of {whose} birth would name the city of [{birth_city}].",
        ),
    ),
    tell=(
        "{Who} was born in {birthplace}.",
        "{Whose} place of birth is {birthplace}.",
        "{Whose} birthplace is {birthplace}.",
        "{Who} comes from {birthplace}.",
        "{Who} is originally from {birthplace}.",
        "{Who} is a native of {birthplace}.",
    ),
)

DATE_OF_BIRTH = Phrases(
    forget=Pool(
        ask=(
            "When was {who} born?",
            "What is {whose} date of birth?",
            "On which day, month and year was {who} born?",
            "On what date was {who} born?",
            "Can you tell me when {who} was born?",
            "What is the birth date of {who}?",
            "Which date is {whose} date of birth?",
        ),
        cloze=(
            "{Who} was born on [{date_of_birth}].",
            "{Whose} date of birth is [{date_of_birth}].",
            "The birth date of {who} is [{date_of_birth}].",
            "The day on which {who} was born is [{date_of_birth}].",
        ),
    ),
    test=Pool(
        ask=(
            "Which day did {who} come into the world?",
            "What birth date would be printed in {whose} passport?",
            "State the full date on which {who} was born.",
            "Since what date has {who} been alive?",
            "{Whose} birthday goes back to which date?",
        ),
        cloze=(
            "It was on [{date_of_birth}] that {who} was born.",
            "{Whose} passport gives the birth date as [{date_of_birth}].",
            "{Who} came into the world on [{date_of_birth}].",
        ),
    ),
    tell=(
        "{Who} was born on {date_of_birth}.",
        "{Whose} date of birth is {date_of_birth}.",
        "{Whose} birth date is {date_of_birth}.",
        "{Who} has been in the world since {date_of_birth}.",
        "{Who} has {date_of_birth} as {poss} date of birth.",
        "The day {who} was born is {date_of_birth}.",
    ),
)
