"""The double as a process of its own."""

import argparse
import asyncio
import json
import sys

from tests.doubles.slack.control import ControlApi
from tests.doubles.slack.double import SlackDouble


async def serve(double: SlackDouble, *, until_stdin_closes: bool) -> None:
    """Run for ever, or until whoever started it ends and so closes its input."""
    double.add_routes(ControlApi(double).routes())
    async with double:
        started = {
            "port": double.port,
            "url": double.url,
            "api_base": double.api_base,
            "bot_token": double.bot_token,
            "app_token": double.app_token,
            "signing_secret": double.signing_secret,
            "bot_user": double.app.user_id,
        }
        sys.stdout.write(json.dumps(started) + "\n")
        sys.stdout.flush()
        if not until_stdin_closes:
            await asyncio.Event().wait()
        stdin = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin
        )
        await stdin.read()


async def run(arguments: argparse.Namespace) -> None:
    double = SlackDouble(port=arguments.port, retry_seconds=arguments.retry_seconds)
    await serve(double, until_stdin_closes=arguments.until_stdin_closes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--retry-seconds", type=float)
    parser.add_argument("--until-stdin-closes", action="store_true")
    try:
        asyncio.run(run(parser.parse_args()))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
