"""Files of the scripted server: announced, uploaded, shown.

How a file's name begins says what happens to it: `refused` is not announced, the upload of `broken` fails, the one of
`slow` waits for the gate of the file's name, and `form` is to be uploaded with POST. Everything else goes well.
"""

import asyncio
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from chatkit.store import AttachmentStore
from chatkit.types import (
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
    FileAttachment,
    ImageAttachment,
)

from stage import Gates
from store import Context, Ids


class UploadFailed(Exception):
    """Said of a file whose name begins with `broken`."""


class Attachments(AttachmentStore[Context]):
    """Announces uploads and keeps the bytes in memory."""

    def __init__(self, ids: Ids, base_url: str, gates: Gates) -> None:
        self.ids = ids
        self.base_url = base_url
        self.gates = gates
        self.names: dict[str, str] = {}
        self.files: dict[str, tuple[str, bytes]] = {}

    async def create_attachment(self, input: AttachmentCreateParams, context: Context) -> Attachment:
        if input.name.startswith("refused"):
            raise ValueError("a file of this name is refused")
        identifier = self.ids.new("attachment")
        self.names[identifier] = input.name
        upload = AttachmentUploadDescriptor(
            url=f"{self.base_url}/upload/{identifier}",
            method="POST" if input.name.startswith("form") else "PUT",
            headers={"X-Up": "1"},
        )
        return self._attachment(identifier, input.name, input.mime_type, upload)

    async def delete_attachment(self, attachment_id: str, context: Context) -> None:
        self.files.pop(attachment_id, None)

    async def keep(self, identifier: str, mime_type: str, data: bytes) -> None:
        """Keeps what was uploaded for an attachment that was announced."""
        name = self.names.get(identifier, "")
        if name.startswith("slow"):
            await self.gates.wait(name)
        if name.startswith("broken"):
            raise UploadFailed(name)
        await asyncio.sleep(0)
        self.files[identifier] = (mime_type, data)

    async def direct(self, content_type: str, body: bytes) -> Attachment:
        """An attachment of a form with the field `file`: the strategy "direct"."""
        mime_type, name, data = form_file(content_type, body)
        identifier = self.ids.new("attachment")
        self.names[identifier] = name
        await self.keep(identifier, mime_type, data)
        return self._attachment(identifier, name, mime_type)

    def _attachment(
        self, identifier: str, name: str, mime_type: str, upload: AttachmentUploadDescriptor | None = None
    ) -> Attachment:
        fields: dict[str, Any] = {
            "id": identifier,
            "name": name,
            "mime_type": mime_type,
            "upload_descriptor": upload,
        }
        if mime_type.startswith("image/"):
            return ImageAttachment(preview_url=f"{self.base_url}/preview/{identifier}", **fields)
        return FileAttachment(**fields)


def form_file(content_type: str, body: bytes) -> tuple[str, str, bytes]:
    """Type, name and bytes of the field `file` of a form; raises `ValueError` where there is none."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    for part in form.iter_parts():
        if part.get_param("name", header="content-disposition") == "file":
            return part.get_content_type(), part.get_filename() or "", part.get_payload(decode=True) or b""
    raise ValueError("the form has no field `file`")
