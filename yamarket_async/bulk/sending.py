"""Sending a batch until the fate of each of its things is known: the rest is sent again without what is refused."""

import re
from collections.abc import Iterable
from typing import Any

from yamarket_async.bulk.batch import Batch
from yamarket_async.bulk.naming import named_in
from yamarket_async.bulk.report import BulkReport, Rejected
from yamarket_async.endpoints import Judgement, Things
from yamarket_async.errors import (
    APIError,
    BadRequest,
    DecodeError,
    ErrorDetail,
    NotFound,
    ServerError,
    TransportError,
)
from yamarket_async.framing import Frame, trimmed
from yamarket_async.judging import read, says_error
from yamarket_async.session import Progress, Session

MOST_REQUESTS = 250
"""Requests for one batch, after which what is still refused together is not taken apart any further: ten bad things
among 500 are found with about 130."""

HOPELESS = 8
"""Things refused one by one, in the same words, while not one was taken, after which as many are tried from all over
what is left. Where these are refused as well, it isn't the things that are bad."""

MOST_GUESSES = 8
"""How often the ids that a refusal may mean are sent apart from the others, in one batch; a message may have the same
words whatever is bad."""

OK = 200

TOGETHER = ErrorDetail(
    "REFUSED_TOGETHER", "refused in a request together with others, without a word on which of them was bad"
)


class Sender:
    """Sends the batches of one bulk call.

    Args:
        session: performs the requests.
        frame: makes them.
        things: what the method says of the list that it takes.
        kind: the class of the reports.
        isolate: whether what is refused is taken out of a request, and the rest sent again.
    """

    def __init__(
        self, session: Session, frame: Frame, things: Things, kind: type[BulkReport], *, isolate: bool
    ) -> None:
        self._session = session
        self._frame = frame
        self._endpoint = frame.endpoint
        self._things = things
        self._isolate = isolate
        self._kind = kind
        self._is_refused_as_done = frame.endpoint.repeat == "detected"
        self._hopeless = ""
        """In what words all of a batch was refused."""

    async def send(self, batch: Batch) -> None:
        """Send a batch until all is known, and make its report.

        Raises:
            MarketError: a request failed; the batch tells how far it came.
        """
        requests = 0
        while batch.waiting and not batch.is_stopped:
            places = batch.present = batch.waiting.pop()
            progress = batch.progress = Progress()
            requests += 1
            try:
                await self._send_once(batch, progress)
            except (BadRequest, NotFound) as error:
                # An error in an answer of 200 is of the things: what else the request names was found.
                if error.status != OK and error.status not in self._things.apart:
                    raise
                self._refused(batch, error, requests)
            except (TransportError, ServerError, DecodeError):
                if not self._frame.once or not progress.may_be_done:
                    raise
                batch.unconfirmed.update(places)
            batch.present = range(0)  # what they have come to is noted
        if not batch.waiting:
            batch.report = batch.settle(self._kind)

    async def _send_once(self, batch: Batch, progress: Progress) -> None:
        """Send the present things, and note what the answer says of them.

        Raises:
            BadRequest, NotFound: it was refused whole.
        """
        places = batch.present
        if not batch.things:
            request = self._frame.without_things()
        else:
            request = self._frame.request(batch.lines_of(places), len(places))
        answer = await self._session.call(request, progress=progress)
        try:
            if self._things.judge is None:
                response, judgements = answer.read(), []
            else:
                response = read(self._endpoint, answer.reply, even_errors=True)
                judgements = list(self._things.judge(response))
        except DecodeError:
            progress.may_be_done = True
            raise
        except APIError as error:
            progress.is_refused = True
            raise _as_refusal(error) from error
        refused, warned = self._sorted(batch, judgements)
        if says_error(response) and not refused:
            progress.is_refused = True
            raise _as_refusal(self._error(answer.reply.status, response))
        if refused and self._things.whole:
            progress.is_refused = True
            self._take_out(batch, refused, self._error(answer.reply.status, response))
            return
        batch.answers.append(response)
        if answer.repeated and self._is_refused_as_done:
            batch.unsure.update(places)
        if batch.unsure.intersection(refused):
            batch.unconfirmed.update(refused)
        else:
            batch.rejected |= refused
        batch.warned |= warned
        batch.accept(places if not refused else [place for place in places if place not in refused])

    def _sorted(
        self, batch: Batch, judgements: Iterable[Judgement]
    ) -> tuple[dict[int, tuple[ErrorDetail, ...]], dict[int, tuple[ErrorDetail, ...]]]:
        """Tell by place what was refused, and what was taken with a warning."""
        refused: dict[int, tuple[ErrorDetail, ...]] = {}
        warned: dict[int, tuple[ErrorDetail, ...]] = {}
        places: dict[Any, int] | None = None
        for judgement in judgements:
            if places is None:
                places = {trimmed(batch.keys[place]): place for place in batch.present}
            detail = ErrorDetail(str(judgement.code), judgement.message)
            place = places.get(trimmed(judgement.key))
            told = refused if judgement.refused else warned
            if place is not None:
                told[place] = (*told.get(place, ()), detail)
            elif judgement.refused and not batch.things:  # of a call without a list
                batch.skipped += (Rejected(judgement.key, judgement.key, (detail,)),)
        return refused, warned

    def _error(self, status: int, response: Any) -> BadRequest:
        return BadRequest(status, response.errors or (), self._endpoint.name, scopes=self._endpoint.scopes)

    def _take_out(self, batch: Batch, refused: dict[int, tuple[ErrorDetail, ...]], error: APIError) -> None:
        """Take things out of a request that was refused because of them, and queue the rest."""
        if not self._isolate:
            raise error
        batch.rejected |= refused
        batch.wait([place for place in batch.present if place not in refused])

    def _refused(self, batch: Batch, error: APIError, requests: int) -> None:
        """Find out for which of its things a request was refused whole.

        Raises:
            APIError: that isn't to be found out.
        """
        places = list(batch.present)
        was_lost = error.repeated and self._is_refused_as_done
        if was_lost:
            batch.unsure.update(places)
        is_unsure = was_lost or not batch.unsure.isdisjoint(places)
        if not is_unsure and (not self._isolate or not places):
            raise error
        keys = [batch.keys[place] for place in places]
        named, guessed = named_in(error, self._things.name, keys) if self._isolate else ({}, set())
        told = error.errors or (ErrorDetail("BAD_REQUEST", str(error)),)
        if is_unsure:
            # It may be refused because it was done. The request did nothing this time, so the others are sent again.
            unsure = [places[number] for number in named] or places
            batch.unconfirmed.update(unsure)
            batch.wait([place for place in places if place not in batch.unconfirmed])
        elif named:
            self._take_out(batch, {places[number]: details for number, details in named.items()}, error)
        elif len(places) == 1:
            self._count_hopeless(batch, error)
            batch.rejected[places[0]] = told
        elif requests >= MOST_REQUESTS:
            batch.rejected |= dict.fromkeys(places, (*told, TOGETHER))
        elif 0 < len(guessed) < len(places) and batch.guesses < MOST_GUESSES:
            batch.guesses += 1
            batch.wait([places[number] for number in sorted(guessed)])
            # These first: if they are taken, it was the things that were bad.
            batch.wait([place for number, place in enumerate(places) if number not in guessed])
        else:
            middle = len(places) // 2
            batch.wait(places[middle:])
            batch.wait(places[:middle])

    def _count_hopeless(self, batch: Batch, error: APIError) -> None:
        """Stop taking batches apart where it isn't the things that are refused, but whatever this call sends.

        Raises:
            APIError: the batch before was refused in the same words.
        """
        words = _WORDS.sub("…", "; ".join(f"{each.code}: {each.message}" for each in error.errors))
        batch.alone[words] += 1
        if batch.accepted or batch.alone[words] < HOPELESS:
            return
        if batch.alone[words] == HOPELESS and batch.waiting:
            batch.try_alone(HOPELESS)
            return
        if batch.alone[words] < 2 * HOPELESS and batch.waiting:
            return
        if words == self._hopeless:
            raise error
        self._hopeless = words
        left = [place for places in batch.waiting for place in places]
        batch.rejected |= dict.fromkeys(left, (*error.errors, TOGETHER))
        batch.waiting.clear()


_WORDS = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")
"""What differs between two refusals for the same reason."""


def _as_refusal(error: APIError) -> BadRequest:
    """Make an answer of 200 that says error the refusal that it is."""
    return BadRequest(error.status, error.errors, error.endpoint, scopes=error.scopes)
