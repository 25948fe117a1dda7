"""How many calls at once: a made-up endpoint with a limit, in which time passes as fast as it can."""

import asyncio

import pytest
from mllmu.builder.llm.throttle import Throttle


class Endpoint:
    """Serves `limit` calls at once, a round trip each; refuses more on the spot."""

    def __init__(self, limit: int) -> None:
        self.limit, self.busy, self.refusals = limit, 0, 0

    async def call(self, throttle: Throttle) -> None:
        while True:
            async with throttle:
                if self.busy < self.limit:
                    self.busy += 1
                    for _ in range(10):  # a round trip: ten turns of the loop
                        await asyncio.sleep(0)
                    self.busy -= 1
                    throttle.answered()
                    return
                self.refusals += 1
                throttle.refused(0)
            await asyncio.sleep(0)


@pytest.mark.parametrize("limit", [1, 2, 5, 64, 200])
def test_the_limit_is_found(limit):
    async def run() -> Throttle:
        endpoint, throttle = Endpoint(limit), Throttle(256)
        await asyncio.gather(*(endpoint.call(throttle) for _ in range(40 * limit)))
        assert endpoint.refusals < 20 * limit + 200
        return throttle

    assert limit * 0.8 <= asyncio.run(run()).limit <= limit + 3


def test_a_limit_that_rises_is_found_too():
    async def run() -> Throttle:
        endpoint, throttle = Endpoint(4), Throttle(256)
        await asyncio.gather(*(endpoint.call(throttle) for _ in range(200)))
        endpoint.limit = 100
        await asyncio.gather(*(endpoint.call(throttle) for _ in range(8000)))
        return throttle

    assert asyncio.run(run()).limit >= 80


def test_few_calls_do_not_raise_the_limit():
    async def run() -> Throttle:
        throttle = Throttle(256)
        for _ in range(100):
            async with throttle:
                throttle.answered()
        return throttle

    assert asyncio.run(run()).limit == 16


def test_a_cancelled_call_leaves_its_place_to_others():
    async def run() -> None:
        throttle = Throttle(1)
        async with throttle:
            waiting = asyncio.create_task(throttle.__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with throttle:
            assert throttle.under_way == 1

    asyncio.run(asyncio.wait_for(run(), 5))
