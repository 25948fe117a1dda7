"""`mllmu-build generate`."""

import json
from pathlib import Path
from typing import Any

import click

from ..settings import MAX_PEOPLE, Settings, make_settings, read_config


@click.command("generate", short_help="Build a benchmark.")
@click.option("--n", type=int, help=f"Fictitious people, 20 to {MAX_PEOPLE:,}. [default: 500]")
@click.option("--seed", type=int, help="Decides every fact, phrase and pixel. [default: 0]")
@click.option("--name", help="The dataset's name on the Hub. [default: mllmu/bench]")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the release. [default: the name]")
@click.option("--writer", help="What turns facts into prose. [default: template]")
@click.option("--portraits", help="What draws the people: rendered, folder, diffusion, none. [default: rendered]")
@click.option("--faces", type=click.Path(), help="Your own faces, for --portraits folder.")
@click.option("--views", type=int, help="Re-posed pictures a person in the test set. [default: 3]")
@click.option("--size", type=int, help="Side of a picture in pixels. [default: 256]")
@click.option("--name-pairs/--no-name-pairs", default=None, help="Teach names, or only faces. [default: names too]")
@click.option("--celebrities", help="A file of your own public figures, or none. [default: the 153 that come along]")
@click.option("--celebrity-faces", type=click.Path(), help="Your pictures of the celebrities.")
@click.option("--model", help="The model that writes, for --writer openai; else --portrait-model.")
@click.option("--base-url", help="Its endpoint. [default: OPENAI_BASE_URL, else OpenAI's own]")
@click.option("--look-at-portrait", is_flag=True, default=None, help="Show the model the portrait while it writes.")
@click.option("--facts", type=click.Choice(["sampled", "llm"]), help="Who invents the lives. [default: sampled]")
@click.option(
    "--distractors", type=click.Choice(["sampled", "llm"]), help="Who makes up wrong options. [default: sampled]"
)
@click.option("--temperature", type=float, help="Sent to the model when given.")
@click.option("--judge", metavar="MODEL", help="A model that reviews every question; rejected ones are redone.")
@click.option("--judge-url", help="The judge's endpoint, if another; its key may be in JUDGE_OPENAI_API_KEY.")
@click.option("--tries", type=int, help="Replies asked for in each stage of a person. [default: 4]")
@click.option("--timeout", type=float, help="Seconds to wait for a reply. [default: 120]")
@click.option("--concurrency", type=int, help="Calls under way at once, at most; fewer if refused. [default: 256]")
@click.option("--max-cost", type=float, help="US dollars after which nothing more is asked (exit code 4).")
@click.option("--prices", type=click.Path(), help="TOML file of prices that override or extend ours.")
@click.option(
    "--batch", is_flag=True, default=None, help="Ask through the batch API: submit, leave, run again to collect."
)
@click.option("--dry-run", is_flag=True, help="Print calls, tokens and money by stage; ask and build nothing.")
@click.option("--portrait-model", help="Text-to-image model of --portraits diffusion: Hub name or folder.")
@click.option("--identity", help="Counts faces and parts look-alikes for --portraits diffusion. [default: insightface]")
@click.option("--steps", type=int, help="Denoising steps of a painted portrait. [default: the model's]")
@click.option("--guidance", type=float, help="How closely it follows its description. [default: the model's]")
@click.option(
    "--repose", type=click.Choice(["own", "arc2face"]), help="What turns heads: the source, or Arc2Face. [default: own]"
)
@click.option("--candidates", type=int, help="Pictures Arc2Face paints a person, to choose from. [default: 16]")
@click.option("--likeness", type=float, help="Least cosine of theirs with the portrait. [default: 0.5]")
@click.option("--repose-model", help="Arc2Face's weights: Hub name or folder. [default: FoivosPar/Arc2Face]")
@click.option("--repose-base", help="Its Stable Diffusion 1.5. [default: stable-diffusion-v1-5/stable-diffusion-v1-5]")
@click.option("--paint-batch", type=int, help="Pictures painted at once. [default: 4]")
@click.option("--config", type=click.Path(path_type=Path), help="TOML file of these settings; options override it.")
@click.option("--fresh", is_flag=True, help="Start anew: throw away what was built there before.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no report.")
def command(
    config: Path | None, out: Path | None, dry_run: bool, fresh: bool, as_json: bool, quiet: bool, **options: Any
) -> None:
    """Build a benchmark of fictitious people, offline, into a folder that `load_dataset` reads.

    Killed at any moment, the same command goes on where it stopped. The same settings give the same bytes.
    """
    given = {name: value for name, value in options.items() if value is not None}
    settings = make_settings({**(read_config(config) if config else {}), **given})
    folder = out or Path(settings.name)
    if dry_run:
        rehearse(settings, folder, as_json)
    else:
        run(settings, folder, fresh, as_json, quiet)


def run(settings: Settings, folder: Path, fresh: bool, as_json: bool, quiet: bool) -> None:
    """Build, report, and end with exit code 3 if a check found something."""
    from ..generate import generate  # heavy: numpy, pyarrow
    from ..progress import Progress
    from ..report import end_with_findings, outcome_json, print_outcome

    outcome = generate(settings, folder, fresh=fresh, progress=Progress(quiet))
    if outcome.helped:
        return
    if as_json:
        click.echo(json.dumps(outcome_json(outcome)))
    elif not quiet:
        print_outcome(outcome)
    end_with_findings(outcome.checks)


def rehearse(settings: Settings, folder: Path, as_json: bool) -> None:
    """Print what the build would ask of a model."""
    from ..generate import rehearse

    lines = rehearse(settings, folder)
    if as_json:
        click.echo(json.dumps([line._asdict() for line in lines]))
        return
    if not lines:
        click.echo("Nothing is asked of a model.")
        return
    click.echo(f"{'stage':<10} {'calls':>9} {'recorded':>9} {'tokens in':>12} {'tokens out':>12} {'$':>10}")
    for line in lines:
        cost = "unknown" if line.cost is None else f"{line.cost:.4f}"
        counts = f"{line.calls:>9,} {line.recorded:>9,} {line.tokens_in:>12,} {line.tokens_out:>12,}"
        click.echo(f"{line.stage:<10} {counts} {cost:>10}")
    costs = [line.cost for line in lines if line.cost is not None]
    total = f"about ${sum(costs):.2f}" if len(costs) == len(lines) else "at a price that is not known"
    calls, tokens = sum(line.calls for line in lines), sum(line.tokens_in + line.tokens_out for line in lines)
    click.echo(f"{calls:,} calls, about {tokens:,} tokens, {total}; replies that are rejected come on top.")
