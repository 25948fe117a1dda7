"""The first sentences of biographies."""

from .topics import Topic

OPENINGS: tuple[tuple[tuple[Topic, ...], tuple[str, ...]], ...] = (
    (
        ("work",),
        (
            "{name} is {a_occupation} with {employer}.",
            "{name} works as {a_occupation} for {employer}.",
            "{name}, {age} years old, is {a_occupation} at {employer}.",
            "Among those who work for {employer} is {name}, {a_occupation}.",
            "Colleagues at {employer} know {name} as {a_occupation}.",
            "{A_occupation} by profession, {name} works for {employer}.",
        ),
    ),
    (
        ("home",),
        (
            "{name} is {a_occupation} who lives in {residence}.",
            "{name}, {a_occupation}, lives in {residence}.",
            "{name} is {a_occupation} and makes {poss} home in {residence}.",
            "{A_occupation} by trade, {name} lives in {residence}.",
            "At {age}, {name} lives in {residence}, and works as {a_occupation}.",
            "Home, for {name}, is {residence}, where {subj} works as {a_occupation}.",
        ),
    ),
    (
        ("birth",),
        (
            "{name} was born on {date_of_birth} in {birthplace}, and is now {a_occupation}.",
            "Born in {birthplace}, on {date_of_birth}, {name} became {a_occupation}.",
            "{name}, {a_occupation}, was born in {birthplace}, on {date_of_birth}.",
            "{name} came into the world in {birthplace}, on {date_of_birth}; today {subj} is {a_occupation}.",
            "On {date_of_birth}, in {birthplace}, {name} was born; {subj} would go on to become {a_occupation}.",
            "The life of {name}, {a_occupation}, began in {birthplace}, on {date_of_birth}.",
        ),
    ),
    (
        ("parents",),
        (
            "{name}, {a_occupation}, is the {child} of {father_name}, {a_father_occupation}, and {mother_name}, "
            "{a_mother_occupation}.",
            "{name} is {a_occupation}, and the {child} of {a_father_occupation} and {a_mother_occupation}: "
            "{father_name} and {mother_name}.",
            "The {child} of {mother_name}, {a_mother_occupation}, and {father_name}, {a_father_occupation}, {name} "
            "grew up to become {a_occupation}.",
            "In the family of {name}, {a_occupation}, the father, {father_name}, {father_is} {a_father_occupation}, "
            "and the mother, {mother_name}, {mother_is} {a_mother_occupation}.",
        ),
    ),
    (
        ("hobbies",),
        (
            "{name} is {a_occupation} whose heart also belongs to {hobbies}.",
            "People who know {name} think of {obj} as {a_occupation} with a fondness for {hobbies}.",
            "{name} divides {poss} time between working as {a_occupation} and {poss} hobbies: {hobbies}.",
            "{name}, {a_occupation} of {age}, spends {poss} spare hours on {hobbies}.",
        ),
    ),
    (
        ("schooling",),
        (
            "{name} is {a_occupation} who completed {a_degree} at {the_institution} in {education_year}.",
            "Since leaving {the_institution} in {education_year} with {a_degree}, {name} has become {a_occupation}.",
            "{name}, {a_occupation}, was educated at {the_institution}, where {subj} completed {a_degree} in "
            "{education_year}.",
            "With {a_degree} from {the_institution}, completed in {education_year}, {name} works as {a_occupation}.",
        ),
    ),
)
"""First sentences. Each tells the occupation and the topics named beside it, which are then not told again."""
