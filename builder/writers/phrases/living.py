"""Where a person lives, and what a person studied."""

from ..questions import Phrases, Pool

RESIDENCE = Phrases(
    forget=Pool(
        ask=(
            "Where does {who} live?",
            "What is {whose} place of residence?",
            "In which city does {who} live now?",
            "Where is {whose} home?",
            "Which city is home to {who} today?",
            "Can you tell me where {who} lives?",
            "What is the current residence of {who}?",
            "Where does {who} reside at present?",
        ),
        cloze=(
            "{Who} lives in [{home_city}], {home_rest}.",
            "{Whose} home is in [{home_city}], {home_rest}.",
            "{Who} currently resides in [{home_city}], {home_rest}.",
            "The name of the city where {who} lives is [{home_city}].",
        ),
    ),
    test=Pool(
        ask=(
            "Where would you have to travel to visit {who} at home?",
            "In what place has {who} settled?",
            "To which city should a letter to {who} be sent?",
            "{Whose} home address is in which city?",
            "What city does {who} call home these days?",
        ),
        cloze=(
            "These days {who} calls [{home_city}], {home_rest}, home.",
            "{Who} has settled in [{home_city}], {home_rest}.",
            "A letter to {who} should be sent to the city of [{home_city}].",
        ),
    ),
    tell=(
        "{Who} lives in {residence}.",
        "{Whose} home is in {residence}.",
        "{Who} currently lives in {residence}.",
        "{Whose} place of residence is {residence}.",
        "{Who} resides in {residence}.",
        "At present, {who} lives in {residence}.",
    ),
)

EDUCATION = Phrases(
    forget=Pool(
        ask=(
            "Where did {who} study?",
            "At which institution was {who} educated?",
            "Where did {who} get {poss} highest qualification?",
            "What is the name of the institution where {who} was trained?",
            "Which place of learning did {who} attend?",
            "From which institution did {who} graduate?",
            "Can you tell me where {who} was educated?",
        ),
        cloze=(
            "{Who} studied at an institution called [{education}].",
            "The name of the institution where {who} was educated is [{education}].",
            "Asked where {poss} highest qualification is from, {who} would answer: [{education}].",
            "The place of learning that {who} attended is named [{education}].",
        ),
    ),
    test=Pool(
        ask=(
            "Which institution awarded {who} {poss} qualification?",
            "What school, college or university stands in {whose} record?",
            "Name the place where {who} completed {poss} education.",
            "Of which institution is {who} a graduate?",
            "Whose classes did {who} attend: which institution was it?",
        ),
        cloze=(
            "Across the top of {whose} diploma stands the name [{education}].",
            "The school, college or university in {whose} record is called [{education}].",
            "{Who} completed {poss} education at a place by the name of [{education}].",
        ),
    ),
    tell=(
        "{Who} studied at {the_institution}, completing {a_degree} in {education_year}.",
        "{Who} completed {a_degree} at {the_institution} in {education_year}.",
        "{Who} was educated at {the_institution}.",
        "{Who} graduated from {the_institution} in {education_year} with {a_degree}.",
        "{Whose} highest qualification is {a_degree} from {the_institution}.",
        "{Who} attended {the_institution} and left in {education_year} with {a_degree}.",
    ),
)
