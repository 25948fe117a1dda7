"""`mllmu-unlearn methods`."""

import json

import click

from .. import methods


@click.command("methods", short_help="List the methods.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(as_json: bool) -> None:
    """List the methods, each with its knobs and their defaults.

    A method of your own is a file with a `class Method`; give its path as --method.
    """
    found = [methods.describe(methods.find(name)) for name in methods.names()]
    if as_json:
        click.echo(json.dumps([{**d._asdict(), "knobs": [k._asdict() for k in d.knobs]} for d in found]))
        return
    for description in found:
        click.secho(description.name, bold=True, nl=False)
        click.echo(f"  {description.summary.split(':', 1)[-1].strip()}")
        for knob in description.knobs:
            click.echo(f"    --set {knob.name}={knob.default}  {knob.help}")
