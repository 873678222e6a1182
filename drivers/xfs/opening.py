"""Finding an adapter's XFS4IoT service, agreeing with it, and leaving it again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from pydantic import ValidationError

from drivers.ports import AdapterContext, DeviceInfo, Tap
from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.discovery import Connect, published
from drivers.xfs.information import device_info
from drivers.xfs.messages import MAX_FRAME_BYTES, SUCCESS
from drivers.xfs.negotiation import Capabilities, agree, ask
from drivers.xfs.options import XfsOptions
from drivers.xfs.state import Known
from drivers.xfs.tls import Identity
from drivers.xfs.vendor_mode import VendorMode

_OPEN_S = 8.0  # for the whole of it; the device host allows ten seconds
_SEARCH_S = 1.0  # for a port of a host that is only searched
_LEAST_S = 0.05


class XfsOpening:
    """The first and the last part of an adapter's life.

    ``interface``: its name in the capabilities; ``section``: in the status. ``needs``: commands
    without which the adapter is no use; ``wishes``: those used where offered. ``reset``: the
    command, with what it is told, by which the device puts itself right.
    """

    interface: ClassVar[str]
    section: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]
    wishes: ClassVar[tuple[str, ...]] = ()
    reset: ClassVar[tuple[str, Mapping[str, Any]] | None] = None
    options_model: ClassVar[type[XfsOptions]] = XfsOptions
    most_bytes: ClassVar[int] = MAX_FRAME_BYTES

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: Any = None
        self._connection: Connection | None = None
        self._vendor: VendorMode | None = None
        self._known = Known()
        self._open_until = 0.0

    def open(self) -> Result[None]:
        """Find the service, agree on versions, and see that it can do what is needed. Failures:
        ``device.misconfigured``, ``device.gone``, ``device.offline``, ``device.protocol``."""
        self.close()
        try:
            self._options = self.options_model.model_validate(dict(self._context.options))
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            key = ".".join(map(str, first["loc"])) or "options"
            return Failure("device.misconfigured", f"{key}: {first['msg']}")
        self._open_until = time.monotonic() + _OPEN_S
        found = self._find()
        if isinstance(found, Failure):
            return found
        self._connection = found.value
        registered = self._register()
        if isinstance(registered, Failure):
            self.close()
            return registered
        return self._opened(found.value)

    def _opened(self, connection: Connection) -> Result[None]:
        """For what an adapter has to put in order at the start."""
        return Ok(None)

    def _limit(self) -> float:
        """How long one step of the opening may take now, in seconds; 0 when its time is over."""
        left = self._open_until - time.monotonic()
        return max(0.0, min(float(self._options.open_timeout_s), left))

    def _question_limit(self) -> float:
        return max(_LEAST_S, self._limit())

    def _search_limit(self) -> float:
        return min(_SEARCH_S if self._options.host else _OPEN_S, self._limit())

    def _connect(
        self,
        uri: str,
        tap: Tap | None = None,
        cancelled: Callable[[], bool] | None = None,
        timeout_s: float | None = None,
    ) -> Result[Connection]:
        options = self._options
        return Connection.open(
            uri,
            tap or self._context.tap,
            cancelled or self._context.cancelled,
            identity=Identity(
                options.ca_file, options.client_cert, options.client_key, options.open_wire
            ),
            timeout_s=max(_LEAST_S, self._limit() if timeout_s is None else timeout_s),
            most_bytes=self.most_bytes,
        )

    def _find(self) -> Result[Connection]:
        if self._options.service:
            return self._try(self._options.service)
        offered = published(self._options.publishers(), self._seek, self._search_limit)
        if isinstance(offered, Failure):
            return offered
        last = Failure("device.misconfigured", f"no service offers {self.interface}")
        for uri in offered.value:
            if not self._limit():
                break
            tried = self._try(uri)
            if isinstance(tried, Ok):
                return tried
            if tried.detail != self._no_interface:
                last = tried
        return last

    def _seek(self, uri: str) -> Result[Connection]:
        return self._connect(uri, timeout_s=self._search_limit())

    @property
    def _no_interface(self) -> str:
        return f"the service has no {self.interface} interface"

    def _try(self, uri: str, connect: Connect | None = None) -> Result[Connection]:
        opened = (connect or self._connect)(uri)
        if isinstance(opened, Failure):
            return opened
        fit = self._fit(opened.value)
        if isinstance(fit, Failure):
            opened.value.close()
            return fit
        self._address = uri
        return opened

    def _fit(self, connection: Connection) -> Result[None]:
        asked = ask(connection, self._question_limit)
        if isinstance(asked, Failure):
            return asked
        capabilities = asked.value
        if self.interface not in capabilities.interfaces:
            return Failure("device.misconfigured", self._no_interface)
        agreed = agree(
            connection,
            capabilities,
            ("Common.Status", *self.needs),
            ("Common.Cancel", *([self.reset[0]] if self.reset else ()), *self.wishes),
            self._question_limit,
        )
        if isinstance(agreed, Failure):
            return agreed
        unable = self._unable(capabilities)
        if unable:
            return Failure("device.misconfigured", unable)
        self._capabilities = capabilities
        answer = connection.call("Common.Status", {}, self._question_limit())
        if isinstance(answer, Failure):
            return answer
        if answer.value.code != SUCCESS:
            return Failure("device.offline", f"Common.Status: {answer.value.code}")
        if answer.value.payload.get(self.section) is None:
            return Failure("device.misconfigured", f"its status tells nothing of {self.section}")
        self._known.take(answer.value.payload)
        return Ok(None)

    def _unable(self, capabilities: Capabilities) -> str:
        """Why the service cannot do what the adapter needs, or empty."""
        return ""

    def _register(self) -> Result[None]:
        if not self._options.vendor_mode:
            return Ok(None)
        opened = self._connect(self._options.vendor_mode)
        if isinstance(opened, Failure):
            return opened
        self._vendor = VendorMode(opened.value, self._leave)
        return self._vendor.register(self._context.name, self._question_limit)

    def _leave(self) -> None:
        """End whatever goes on between operations: a technician is about to have the device."""

    def close(self) -> None:
        """Leave the services."""
        for leaving in (self._connection, self._vendor):
            if leaving is not None:
                leaving.close()
        self._connection = self._vendor = None

    def device_info(self, timeout_s: float) -> Result[DeviceInfo]:
        """What the service's capabilities tell of its devices."""
        if self._connection is None:
            return Failure("device.offline", "not open")
        return Ok(device_info(self._capabilities))
