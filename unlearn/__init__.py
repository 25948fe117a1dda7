"""Reads a release; fine-tunes a vision-language model on it, and makes it forget again.

Of use outside: `models.load_model`, `load_processor` and `system_prompt` open whatever a run has written;
`chat.Chat` and `encode.Encoder` put questions as training put them; `prompts` has the wording of letters and blanks;
`ask.answer_logps` and `recall` look at what a model knows.
"""
