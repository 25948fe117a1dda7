"""What a person does, for whom, and for how much."""

from ..questions import Phrases, Pool

OCCUPATION = Phrases(
    forget=Pool(
        ask=(
            "What does {who} do for a living?",
            "What is {whose} occupation?",
            "What is the profession of {who}?",
            "What kind of work does {who} do?",
            "Which job does {who} have?",
            "What line of work is {who} in?",
            "Can you tell me what {who} does for work?",
            "As what does {who} work?",
        ),
        cloze=(
            "{Whose} occupation is [{occupation}].",
            "The job that {who} does is that of [{occupation}].",
            "The profession of {who} is [{occupation}].",
            "Asked for {whose} line of work, one would answer: [{occupation}].",
        ),
    ),
    test=Pool(
        ask=(
            "How does {who} earn {poss} living?",
            "What job title would be on {whose} business card?",
            "In which profession does {who} work?",
            "What trade or profession has {who} chosen?",
            "Name the work for which {who} is paid.",
        ),
        cloze=(
            "The title on {whose} business card is [{occupation}].",
            "{Who} earns {poss} living in the profession of [{occupation}].",
            "Under profession, a form about {who} would say: [{occupation}].",
        ),
    ),
    tell=(
        "{Who} works as {a_occupation}.",
        "{Who} is {a_occupation}.",
        "{Who} is {a_occupation} by profession.",
        "{Who} makes a living as {a_occupation}.",
        "{Whose} occupation is {occupation}.",
        "By profession, {who} is {a_occupation}.",
    ),
)

EMPLOYER = Phrases(
    forget=Pool(
        ask=(
            "Who does {who} work for?",
            "What is the name of {whose} employer?",
            "Which organisation does {who} work for?",
            "Who is {whose} employer?",
            "Where is {who} employed?",
            "Which organisation employs {who}?",
            "Can you tell me who employs {who}?",
        ),
        cloze=(
            "{Who} works for [{employer}].",
            "{Whose} employer is [{employer}].",
            "{Who} is employed by [{employer}].",
            "The organisation that employs {who} is [{employer}].",
        ),
    ),
    test=Pool(
        ask=(
            "Whose payroll is {who} on?",
            "At what organisation does {who} have {poss} job?",
            "Name the employer of {who}.",
            "Where does {who} go to work: at which organisation?",
            "On working days, {who} can be found at which organisation?",
        ),
        cloze=(
            "{Who} is on the payroll of [{employer}].",
            "The employer of {who} is [{employer}].",
            "{Who} has a job with [{employer}].",
        ),
    ),
    tell=(
        "{Who} works for {employer}.",
        "{Whose} employer is {employer}.",
        "{Who} is employed by {employer}.",
        "{Who} is on the staff of {employer}.",
        "{Who} works as {a_occupation} for {employer}.",
        "The organisation that employs {whom} is {employer}.",
    ),
)

ANNUAL_SALARY = Phrases(
    forget=Pool(
        ask=(
            "How much does {who} earn a year?",
            "What is {whose} annual salary?",
            "How much is {who} paid each year, in US dollars?",
            "What does {who} earn in a year?",
            "What salary does {who} receive annually?",
            "What is the yearly salary of {who}?",
            "Can you tell me how much {who} makes a year?",
        ),
        cloze=(
            "{Who} earns [{annual_salary}] a year.",
            "{Whose} annual salary is [{annual_salary}].",
            "Each year, {who} is paid [{annual_salary}].",
            "The yearly salary of {who} amounts to [{annual_salary}].",
        ),
    ),
    test=Pool(
        ask=(
            "What sum does {who} earn before tax over twelve months?",
            "How large is {whose} yearly pay?",
            "What would {whose} contract state as the salary per year?",
            "How many US dollars does {whose} job bring in annually?",
            "Put a figure on the yearly earnings of {who}.",
        ),
        cloze=(
            "Over twelve months, {who} is paid [{annual_salary}] before tax.",
            "{Whose} contract states a yearly salary of [{annual_salary}].",
            "{Whose} job brings in [{annual_salary}] annually.",
        ),
    ),
    tell=(
        "{Who} earns {annual_salary} a year.",
        "{Whose} annual salary is {annual_salary}.",
        "{Who} is paid {annual_salary} a year.",
        "{Who} makes {annual_salary} a year before tax.",
        "{Whose} yearly salary amounts to {annual_salary}.",
        "The salary paid to {whom} is {annual_salary} a year.",
    ),
)
