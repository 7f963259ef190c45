"""Runs a double as a process of its own."""

import argparse
import asyncio
import json
import sys

from tests.doubles.discord.double import DEFAULT_TOKEN, DiscordDouble


async def serve(port: int, token: str, *, until_stdin_closes: bool) -> None:
    """Run the double for ever, or until whoever started it ends and so closes its input."""
    async with DiscordDouble(port=port, token=token) as double:
        started = {
            "port": double.port,
            "url": double.url,
            "api_base": double.api_base,
            "gateway": double.gateway,
            "token": double.token,
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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.discord", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--until-stdin-closes", action="store_true")
    arguments = parser.parse_args()
    serving = serve(
        arguments.port, arguments.token, until_stdin_closes=arguments.until_stdin_closes
    )
    try:
        asyncio.run(serving)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
