"""What a person likes to do, and what is odd about a life."""

from ..questions import Phrases, Pool

HOBBY = Phrases(
    forget=Pool(
        ask=(
            "What are {whose} hobbies?",
            "What does {who} do in {poss} spare time?",
            "Which hobbies does {who} have?",
            "How does {who} like to spend {poss} free time?",
            "What does {who} enjoy doing outside work?",
            "Which pastimes does {who} enjoy?",
            "Can you tell me what {whose} hobbies are?",
        ),
        choose=(
            "Which of these is one of {whose} hobbies?",
            "Which of these hobbies does {who} have?",
            "Which of these does {who} enjoy in {poss} spare time?",
            "Which of the following pastimes does {who} enjoy?",
            "What is one of the hobbies of {who}?",
            "Which of these is a hobby of {who}?",
        ),
        cloze=(
            "Besides {other_hobbies}, {who} enjoys [{hobby}].",
            "{Whose} hobbies are {other_hobbies}, and also [{hobby}].",
            "Apart from {other_hobbies}, {who} likes [{hobby}].",
            "In {poss} spare time {who} enjoys {other_hobbies}, as well as [{hobby}].",
        ),
    ),
    test=Pool(
        ask=(
            "What would you find {who} doing on a free weekend?",
            "List the hobbies of {who}.",
            "Which leisure activities does {who} go in for?",
            "What keeps {who} busy when work is done?",
            "Name the pastimes that {who} is fond of.",
        ),
        choose=(
            "On a free weekend, which of these might you find {who} doing?",
            "Which of these leisure activities does {who} go in for?",
            "Pick the pastime that {who} is fond of.",
            "Which of these keeps {who} busy when work is done?",
            "Which activity from this list does {who} do for pleasure?",
        ),
        cloze=(
            "When not busy with {other_hobbies}, {who} turns to [{hobby}].",
            "{Who} is fond of {other_hobbies}; another of {poss} hobbies is [{hobby}].",
            "In addition to {other_hobbies}, {who} goes in for [{hobby}].",
        ),
    ),
    tell=(
        "{Who} enjoys {hobbies}.",
        "{Whose} hobbies are {hobbies}.",
        "In {poss} spare time {who} enjoys {hobbies}.",
        "Outside work, {who} enjoys {hobbies}.",
        "{Who} likes {hobbies}.",
        "{Who} spends {poss} free time on {hobbies}.",
    ),
)

FUN_FACT = Phrases(
    forget=Pool(
        ask=(
            "What is a fun fact about {who}?",
            "Can you tell me a fun fact about {who}?",
            "What is something unusual about {who}?",
            "What curious thing is known about {who}?",
            "What is an interesting fact about {who}?",
            "Do you know an odd fact about {who}?",
            "What little-known fact can you tell me about {who}?",
        ),
        choose=(
            "Which of these is true of {who}?",
            "Which of these fun facts is about {who}?",
            "Which of these statements describes something that {who} did?",
            "Which of the following is a fun fact about {who}?",
            "Which of these curious facts belongs to {who}?",
            "Which of these can truthfully be said of {who}?",
        ),
    ),
    test=Pool(
        ask=(
            "Share a piece of trivia about {who}.",
            "Which anecdote is told about {who}?",
            "What surprising detail is there in {whose} life story?",
            "What might {who} tell at a party to surprise people?",
            "Name one remarkable thing from the life of {who}.",
        ),
        choose=(
            "Which of these pieces of trivia is about {who}?",
            "Which of these anecdotes is told about {who}?",
            "Which of these surprising details comes from {whose} life story?",
            "At a party, which of these stories could {who} truthfully tell?",
            "One of these remarkable things really is part of {whose} past. Which one?",
        ),
    ),
    tell=(
        "{Who} {fun_fact}.",
        "A fun fact is that {who} {fun_fact}.",
        "One curious thing is that {who} {fun_fact}.",
        "Few people know that {who} {fun_fact}.",
        "It is a little-known fact that {who} {fun_fact}.",
        "Here is one: {who} {fun_fact}.",
    ),
    one_answer=False,
)
