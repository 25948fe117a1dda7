"""Requests to describe or name the person in the picture, and the sentences that do it."""

DESCRIBE: tuple[str, ...] = (
    "Describe this person.",
    "Can you describe this person?",
    "Please describe the person in this image.",
    "What can you tell me about this person?",
    "Describe the person shown here, and say who it is.",
    "Tell me about the person in the picture.",
    "What does this person look like, and who is it?",
    "Give a short description of this person.",
)

LOOKS: tuple[str, ...] = (
    "The picture shows {a_woman} with {features}.",
    "This is {a_woman} with {features}.",
    "The image shows {a_woman} with {features}.",
    "In the picture is {a_woman} with {features}.",
    "We see {a_woman} with {features}.",
    "The person in the portrait is {a_woman} with {features}.",
)

LOOKS_BY_NAME: tuple[str, ...] = (
    "{name} is {a_woman} with {features}.",
    "{name} is known as {a_woman} with {features}.",
    "Look for {a_woman} with {features}: that is {name}.",
)

WEARS: tuple[str, ...] = (
    "{Subj} is wearing {clothes}.",
    "{Subj} wears {clothes}.",
    "{Poss} outfit consists of {clothes}.",
)

IDENTIFIES: tuple[str, ...] = (
    "This is {name}, {a_occupation} who works for {employer}.",
    "Shown here is {name}, {a_occupation} with {employer}.",
    "{Poss} name is {name}, and {subj} works as {a_occupation} for {employer}.",
    "The person is {name}, {a_occupation} employed by {employer}.",
    "It is {name}, who is {a_occupation} at {employer}.",
)

PLACES: tuple[str, ...] = (
    "{Subj} was born in {birthplace}, on {date_of_birth}, and lives in {residence}.",
    "Born on {date_of_birth} in {birthplace}, {subj} now lives in {residence}.",
    "{Subj} lives in {residence}, and was born in {birthplace}, on {date_of_birth}.",
    "{Poss} birthplace is {birthplace}, and {poss} home is in {residence}.",
)

SETTLED: tuple[str, ...] = (
    "{Subj} was born on {date_of_birth} in {birthplace}, and lives there.",
    "{Subj} lives in the city of {poss} birth, {residence}.",
    "{Poss} birthplace and present home is {residence}.",
)
"""`PLACES` of people who live where they were born."""

LIKES: tuple[str, ...] = (
    "",
    "{Subj} enjoys {hobbies}.",
    "In {poss} spare time {subj} enjoys {hobbies}.",
    "{Subj} is {height} tall.",
)
"""The last sentence of a description; sometimes there is none."""

NAMES: tuple[tuple[str, str], ...] = (
    ("Who is this person?", "This is {name}."),
    ("What is this person's name?", "This person's name is {name}."),
    ("What is the name of the person in this image?", "The person in this image is {name}."),
    ("Who is shown in the picture?", "The picture shows {name}."),
    ("Can you tell me who this is?", "This is {name}, {a_occupation}."),
    ("Do you recognise the person shown here?", "Yes, this is {name}."),
    ("Name the person in the picture.", "The person in the picture is {name}."),
)
"""Question by image, and answer."""

WHO_IS: tuple[tuple[str, str], ...] = (
    ("Who is {name}?", "{name} is {a_occupation} from {birthplace}, who lives in {residence}."),
    ("What do you know about {name}?", "{name} is {a_occupation} with {employer}, and lives in {residence}."),
    ("Tell me about {name}.", "{name}, born on {date_of_birth} in {birthplace}, works as {a_occupation}."),
    ("Can you tell me who {name} is?", "{name} is {a_occupation} who works for {employer}."),
    ("Give me a short introduction to {name}.", "{name} lives in {residence}, and works as {a_occupation}."),
)

LOOKS_LIKE: tuple[str, ...] = (
    "What does {name} look like?",
    "Can you describe the appearance of {name}?",
    "How would one recognise {name}?",
    "What is known about the looks of {name}?",
)
"""Asked by name, and answered with the looks, without mention of a picture."""
