"""`mllmu-build prompts`."""

import json

import click

from ..writers.prompts import prompt, prompt_names


@click.command("prompts", short_help="Show the prompts of the LLM writer.")
@click.argument("stage", required=False, type=click.Choice(prompt_names()))
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(stage: str | None, as_json: bool) -> None:
    """List the prompts that --writer openai sends, or print the one of STAGE. `$name` is filled in for each person."""
    chosen = [prompt(name) for name in ([stage] if stage else prompt_names())]
    if as_json:
        click.echo(json.dumps([p._asdict() for p in chosen]))
    elif stage:
        click.echo(f"version {chosen[0].version}\n\n[system]\n{chosen[0].system}\n\n[user]\n{chosen[0].user}")
    else:
        for p in chosen:
            click.echo(f"{p.name:<10} version {p.version}  {len(p.system) + len(p.user):,} characters")
