"""The model reader put together from the settings: address checked, log opened, rules at hand where they are to step in."""

from __future__ import annotations

import os

from waqai.asking.reader import ModelReader, ModelSettings
from waqai.core import Reader, SettingsError
from waqai.flow.model.address import resolve_address
from waqai.flow.model.calls import CallLog, call_log_path
from waqai.flow.model.consent import check_may_ask
from waqai.flow.model.server import ModelServer, ServerLimits
from waqai.flow.parts import Ground
from waqai.posting.address import LookUp, look_up_host

KEY = "WAQAI_LLM_KEY"
"""The environment variable that a server's key comes from; it is in no settings file, log or store."""


def build_model_reader(ground: Ground, *, fallback: Reader | None, look_up: LookUp = look_up_host) -> ModelReader:
    """The reader that the settings of this ground name. Raises SettingsError, StoreError or MissingPart before anything is sent."""
    part, llm = ground.settings.reader, ground.settings.reader.llm
    address = resolve_address(llm.address, look_up=look_up)
    check_may_ask(address, allow_remote=llm.allow_remote, store=ground.store)
    limits = ServerLimits(timeout_s=llm.timeout_s, attempts=llm.attempts, max_output_tokens=llm.max_output_tokens)
    server = ModelServer(address, model=llm.model, log=CallLog(call_log_path(ground.store)), limits=limits, key=_key())
    told_apart = f"{llm.model} at {llm.address}, {llm.max_output_tokens} tokens"
    return ModelReader(
        ask=server,
        codebook=ground.codebook,
        places=ground.gazetteer,
        actors=ground.actors,
        settings=ModelSettings(model=told_apart, pipeline=part.pipeline, longest=part.longest),
        fallback=fallback,
        data_version=ground.data_version,
    )


def _key() -> str | None:
    key = os.environ.get(KEY) or None
    if key is not None and not (key.isascii() and key.isprintable()):
        raise SettingsError(f"the environment's {KEY} holds signs that no key has (a line's end, perhaps)")
    return key
