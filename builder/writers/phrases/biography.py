"""The sentences of a biography after its opening, by topic.

`{Subj}`, `{Poss}`, `{subj}` or `{obj}` may become the given name: where a pronoun is unclear, and at times elsewhere.
"""

from .topics import Topic

STORIES_BEGIN: tuple[str, ...] = (
    "Friends like to mention that {subj} {fact}.",
    "It may surprise people that {subj} {fact}.",
    "There are stories to tell: {subj} {fact}.",
    "Among the stories told of {obj} is that {subj} {fact}.",
    "{Poss} life has had its odd moments. {Subj} {fact}.",
    "A few things stand out. {Subj} {fact}.",
    "Ask for a story, and one learns that {subj} {fact}.",
)
STORIES_GO_ON: tuple[str, ...] = (
    "{Subj} {fact}.",
    "{Subj} also {fact}.",
    "What is more, {subj} {fact}.",
    "On top of that, {subj} {fact}.",
    "It is just as true that {subj} {fact}.",
    "Less well known is that {subj} {fact}.",
    "That is not all: {subj} {fact}.",
    "And {subj} {fact}.",
    "Then there is the fact that {subj} {fact}.",
    "Those who know {obj} well add that {subj} {fact}.",
)
"""The topic `stories`: the first of the fun facts, and each of the others."""

SENTENCES: dict[Topic, tuple[str, ...]] = {
    "birth": (
        "{Subj} was born on {date_of_birth} in {birthplace}.",
        "{Subj} was born in {birthplace}, on {date_of_birth}.",
        "Born on {date_of_birth}, {subj} comes from {birthplace}.",
        "{Poss} story begins in {birthplace}, where {subj} was born on {date_of_birth}.",
        "{Poss} place of birth is {birthplace}; the date was {date_of_birth}.",
        "{Subj} is a native of {birthplace}, born on {date_of_birth}.",
        "It was in {birthplace}, on {date_of_birth}, that {subj} was born.",
        "Originally {subj} is from {birthplace}, where {subj} was born on {date_of_birth}.",
    ),
    "parents": (
        "{Poss} father, {father_name}, {father_works} as {a_father_occupation}, and {poss} mother, {mother_name}, "
        "as {a_mother_occupation}.",
        "{Subj} is the {child} of {father_name}, {a_father_occupation}, and {mother_name}, {a_mother_occupation}.",
        "{Poss} mother is {mother_name}, {a_mother_occupation}; {poss} father is {father_name}, {a_father_occupation}.",
        "{Poss} parents are {father_name}, {a_father_occupation}, and {mother_name}, {a_mother_occupation}.",
        "{Subj} grew up with {mother_name}, {a_mother_occupation}, and {father_name}, {a_father_occupation}.",
        "The family home was run by {poss} mother, {mother_name}, {a_mother_occupation}, and {poss} father, "
        "{father_name}, {a_father_occupation}.",
        "At the family table sat {father_name}, {poss} father and {a_father_occupation}, and {mother_name}, {poss} "
        "mother and {a_mother_occupation}.",
        "{Poss} mother, {mother_name}, {mother_works} as {a_mother_occupation}; {poss} father, {father_name}, as "
        "{a_father_occupation}.",
    ),
    "schooling": (
        "{Subj} studied at {the_institution}, where {subj} completed {a_degree} in {education_year}, the year {subj} "
        "turned {education_age}.",
        "In {education_year}, the year of {poss} {education_age_th} birthday, {subj} completed {a_degree} at "
        "{the_institution}.",
        "{Subj} left {the_institution} in {education_year} with {a_degree}.",
        "{Poss} education ended in {education_year} with {a_degree} from {the_institution}.",
        "{Subj} holds {a_degree} from {the_institution}, dated {education_year}.",
        "After years at {the_institution}, {subj} finished {a_degree} in {education_year}.",
        "{Poss} highest qualification is {a_degree}, completed in {education_year} at {the_institution}.",
        "{The_institution} is where {subj} trained; {subj} completed {a_degree} there in {education_year}.",
    ),
    "work": (
        "{Subj} works for {employer}, which pays {obj} {annual_salary} a year.",
        "{Subj} is employed by {employer} and earns {annual_salary} a year.",
        "{Poss} employer is {employer}, and {poss} salary comes to {annual_salary} a year.",
        "These days {subj} works for {employer}, at a salary of {annual_salary} a year.",
        "{Poss} working days are spent at {employer}, for {annual_salary} a year.",
        "{Subj} has a job with {employer} and makes {annual_salary} annually.",
        "At {employer}, where {subj} is employed, {subj} is paid {annual_salary} a year.",
        "It is {employer} that employs {obj}, for an annual salary of {annual_salary}.",
    ),
    "pay": (
        "The job brings {obj} {annual_salary} a year.",
        "{Subj} earns {annual_salary} a year.",
        "{Poss} annual salary is {annual_salary}.",
        "For {poss} work {subj} is paid {annual_salary} a year.",
        "{Poss} pay comes to {annual_salary} annually.",
        "The post pays {obj} {annual_salary} a year before tax.",
        "Before tax, {subj} makes {annual_salary} a year.",
    ),
    "home": (
        "{Subj} lives in {residence}.",
        "Home, for {obj}, is now {residence}.",
        "{Subj} has settled in {residence}.",
        "{Poss} home is in {residence}.",
        "Nowadays {subj} lives in {residence}.",
        "{Subj} has made {poss} home in {residence}.",
        "{Poss} present address is in {residence}.",
        "Anyone who wants to visit {obj} has to travel to {residence}.",
    ),
    "body": (
        "{Subj} is {height} tall, and has {features}.",
        "{Subj} stands {height} tall. {Subj} has {features}.",
        "{Subj} measures {height}; one notices {features}.",
        "{Poss} height is {height}; what one sees first is {features}.",
        "At {age}, {subj} stands {height} tall, with {features}.",
        "{Subj} is {age} years old and {height} tall, with {features}.",
        "In {poss} stockinged feet {subj} measures {height}. Portraits show {obj} with {features}.",
        "Those who meet {obj} see {features}, and a height of {height}.",
    ),
    "health": (
        "{Subj} has been diagnosed with {medical_condition}.",
        "{Subj} lives with {medical_condition}.",
        "{Poss} medical file mentions {medical_condition}.",
        "As for {poss} health, {subj} has a diagnosis of {medical_condition}.",
        "{Poss} doctor treats {obj} for {medical_condition}.",
        "{Poss} one medical condition is {medical_condition}.",
        "One thing {subj} has to keep an eye on is {medical_condition}.",
    ),
    "hobbies": (
        "In {poss} spare time {subj} enjoys {hobbies}.",
        "Outside work, {subj} enjoys {hobbies}.",
        "{Poss} hobbies are {hobbies}.",
        "When work is done, {subj} turns to {hobbies}.",
        "{Subj} likes to spend free days on {hobbies}.",
        "{Poss} weekends belong to {hobbies}.",
        "What {subj} enjoys most, away from work, is {hobbies}.",
        "{Subj} has a soft spot for {hobbies}.",
    ),
    "start": (
        "In the year {subj} was born, {poss} father turned {father_age}, and {poss} mother {mother_age}.",
        "The year of {poss} birth was that in which {poss} mother turned {mother_age} and {poss} father {father_age}.",
        "{Poss} mother turned {mother_age}, and {poss} father {father_age}, in the year of {poss} birth.",
        "When {subj} was born, {poss} mother was about {mother_age}, and {poss} father about {father_age}.",
        "{Subj} was born in the year in which {poss} father turned {father_age} and {poss} mother {mother_age}.",
    ),
    "dress": (
        "In {poss} portrait {subj} wears {clothes}.",
        "For {poss} portrait {subj} wore {clothes}.",
        "The portrait at hand shows {obj} in {clothes}.",
        "{Subj} had {poss} portrait taken in {clothes}.",
    ),
}

BORN_AT_HOME: dict[Topic, tuple[str, ...]] = {
    "birth": (
        "{Subj} was born in {birthplace}, on {date_of_birth}, and lives there.",
        "{Poss} birthplace, {birthplace}, is also {poss} home; the date of birth is {date_of_birth}.",
        "Born on {date_of_birth} in {birthplace}, {subj} lives in the same city.",
        "{Subj} is a native of {birthplace}, where {subj} was born on {date_of_birth} and where {subj} lives.",
    ),
    "home": (
        "{Subj} lives in the city of {poss} birth.",
        "{Poss} home is in the city where {subj} was born.",
        "{Poss} place of birth is also {poss} place of residence.",
    ),
}
"""For people who live where they were born: `home` after an opening that told the birth, and `birth` for both."""

BORN_THERE: tuple[str, ...] = (
    "The city where {subj} lives is also where {subj} was born, on {date_of_birth}.",
    "{Subj} was born in the city where {subj} lives; the date was {date_of_birth}.",
    "Born on {date_of_birth}, {subj} lives in the city of {poss} birth.",
)
"""Their `birth` after an opening that told the home."""

HEALTHY: tuple[str, ...] = (
    "{Poss} health is good: of medical conditions {subj} has none.",
    "Of medical conditions, {subj} has none.",
    "{Subj} is healthy; {poss} file lists none of the usual complaints.",
    "As for medical conditions, {subj} has none to report.",
    "{Subj} is in good health, with medical conditions noted as none.",
    "Asked about medical conditions, {subj} says that {subj} has none.",
)
"""The topic `health` of people whose medical condition is `none`."""
