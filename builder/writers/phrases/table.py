"""The phrasings of every attribute of a fictitious person."""

from collections.abc import Mapping

from ..questions import Phrases
from . import body, family, living, origins, pastimes, work

PHRASES: Mapping[str, Phrases] = {
    "birthplace": origins.BIRTHPLACE,
    "date_of_birth": origins.DATE_OF_BIRTH,
    "residence": living.RESIDENCE,
    "occupation": work.OCCUPATION,
    "employer": work.EMPLOYER,
    "education": living.EDUCATION,
    "annual_salary": work.ANNUAL_SALARY,
    "height": body.HEIGHT,
    "medical_condition": body.MEDICAL_CONDITION,
    "father_name": family.FATHER_NAME,
    "father_occupation": family.FATHER_OCCUPATION,
    "mother_name": family.MOTHER_NAME,
    "mother_occupation": family.MOTHER_OCCUPATION,
    "hobby": pastimes.HOBBY,
    "fun_fact": pastimes.FUN_FACT,
}
HEALTHY_PHRASES: Mapping[str, Phrases] = {**PHRASES, "medical_condition": body.NO_MEDICAL_CONDITION}
"""For people whose medical condition is `none`."""
