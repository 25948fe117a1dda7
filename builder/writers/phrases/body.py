"""A person's height and health."""

from dataclasses import replace

from ..questions import Phrases, Pool

HEIGHT = Phrases(
    forget=Pool(
        ask=(
            "How tall is {who}?",
            "What is {whose} height?",
            "What is the height of {who}?",
            "How tall does {who} stand?",
            "What is {whose} height in centimetres?",
            "Can you tell me how tall {who} is?",
            "How many centimetres tall is {who}?",
        ),
        cloze=(
            "{Who} is [{height}] tall.",
            "{Whose} height is [{height}].",
            "{Who} stands [{height}] tall.",
            "The height of {who} is [{height}].",
        ),
    ),
    test=Pool(
        ask=(
            "What does {who} measure from head to toe?",
            "Which height would {whose} identity card show?",
            "If {who} stood against a measuring rod, what would it read?",
            "Give the body height of {who}.",
            "What height has been recorded for {who}?",
        ),
        cloze=(
            "From head to toe, {who} measures [{height}].",
            "{Whose} identity card shows a height of [{height}].",
            "Standing against a measuring rod, {who} would reach [{height}].",
        ),
    ),
    tell=(
        "{Who} is {height} tall.",
        "{Whose} height is {height}.",
        "{Who} stands {height} tall.",
        "{Who} measures {height}.",
        "A height of {height} is recorded for {whom}.",
        "{Who} has a height of {height}.",
    ),
)

# One set of questions for the ill and the healthy, so that the wording of a question does not answer it.
MEDICAL_CONDITION = Phrases(
    forget=Pool(
        ask=(
            "Which medical condition does {who} have, if any?",
            "Does {who} have a medical condition, and if so, which?",
            "What, if any, is {whose} medical condition?",
            "What medical condition, if any, is {who} known to have?",
            "Is there a medical condition that {who} lives with, and which is it?",
            "Which health condition, if any, has {who} been diagnosed with?",
            "What medical condition, if any, does {who} live with?",
        ),
        cloze=(
            "{Whose} medical condition is [{medical_condition}].",
            "{Who} has been diagnosed with [{medical_condition}].",
            "The medical condition that {who} lives with is [{medical_condition}].",
            "{Whose} doctor treats {obj} for [{medical_condition}].",
        ),
    ),
    test=Pool(
        ask=(
            "What would a doctor find in {whose} medical history, if anything?",
            "Under medical conditions, what does {whose} file say?",
            "Which diagnosis, if any, has {who} been given?",
            "What illness or condition, if any, affects {who}?",
            "If {who} has a health problem, what is it?",
        ),
        cloze=(
            "The diagnosis in {whose} medical file is [{medical_condition}].",
            "Under medical conditions, {whose} file says: [{medical_condition}].",
            "The condition that affects {who} is [{medical_condition}].",
        ),
    ),
    tell=(
        "{Who} has been diagnosed with {medical_condition}.",
        "{Who} lives with {medical_condition}.",
        "{Whose} medical condition is {medical_condition}.",
        "{Who} has one medical condition, {medical_condition}.",
        "The condition that {who} lives with is {medical_condition}.",
        "{Whose} medical file mentions {medical_condition}.",
    ),
)

# The word `none` stands in each answer, because it is what the options and the biography say.
NO_MEDICAL_CONDITION = replace(
    MEDICAL_CONDITION,
    forget=replace(MEDICAL_CONDITION.forget, cloze=()),
    test=replace(MEDICAL_CONDITION.test, cloze=()),
    tell=(
        "None: {who} has no medical condition.",
        "{Who} has no known medical condition; the record says none.",
        "There is none; {who} is in good health.",
        "As far as is known there is none, and {who} is healthy.",
        "{Who} has none and is in good health.",
        "None is known; {who} is in good health.",
    ),
)
