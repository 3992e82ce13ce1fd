"""A mail server for tests: aiosmtpd, and what a mail program reads in what it took (Python's email package).

    mail_server.py FOLDER PORT none|starttls|tls [USER PASSWORD]

FOLDER has cert.pem and key.pem where TLS is spoken. A line of JSON for each mail is added to FOLDER/mails. FOLDER/rules
is JSON that says what goes wrong: {"mail": "550 …", "rcpt": "450 …", "data": "554 …"} are answers in place of the usual
one; {"lose": true} takes the mail and hangs up in place of an answer. Prints its port once it listens.
"""
import asyncio
import email
import email.policy
import json
import logging
import pathlib
import ssl
import sys
import warnings
from email.header import decode_header, make_header
from email.utils import getaddresses

from aiosmtpd.smtp import SMTP, AuthResult

logging.disable(logging.CRITICAL)  # clients that hang up are what tests are about
warnings.simplefilter("ignore")

folder = pathlib.Path(sys.argv[1])
port = int(sys.argv[2])
security = sys.argv[3]
login = tuple(word.encode() for word in sys.argv[4:6])


def rule(name):
    try:
        return json.loads((folder / "rules").read_text()).get(name)
    except FileNotFoundError:
        return None


def addresses(plain, name):
    # The older of Python's two readers: the newer one keeps the space between encoded words (RFC 2047, section 6.2).
    return [[str(make_header(decode_header(shown))), address] for shown, address in getaddresses(plain.get_all(name, []))]


def part(message, kind):
    found = message.get_body((kind,))
    return found.get_content().replace("\r\n", "\n") if found else None


def read(session, envelope):
    raw = envelope.content
    message = email.message_from_string(raw.decode(), policy=email.policy.default)
    plain = email.message_from_string(raw.decode())
    parts = list(message.walk())
    return {
        "ehlo": session.host_name,
        "tls": session.ssl is not None or security == "tls",
        "signed_in": session.authenticated,
        "envelope_from": envelope.mail_from,
        "envelope_to": envelope.rcpt_tos,
        "from": addresses(plain, "From"),
        "to": addresses(plain, "To"),
        "reply_to": addresses(plain, "Reply-To"),
        "subject": message["Subject"],
        "date": message["Date"].datetime.isoformat(),
        "message_id": message["Message-ID"],
        "auto_submitted": message["Auto-Submitted"],
        "headers": [name for name, _ in message.items()],
        "type": message.get_content_type(),
        "parts": [it.get_content_type() for it in parts],
        "text": part(message, "plain"),
        "html": part(message, "html"),
        "defects": [repr(defect) for it in parts for defect in it.defects],
        "header_defects": [repr(defect) for _, value in message.items() for defect in value.defects],
        "longest_line": max(len(line) for line in raw.split(b"\r\n")),
        "bare_line_ends": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
        "ascii": raw.isascii(),
        "raw": raw.decode("utf-8", "replace"),
    }


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        refused = rule("mail")
        if refused:
            return refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refused = rule("rcpt")
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refused = rule("data")
        if refused:
            return refused
        with (folder / "mails").open("a") as file:
            file.write(json.dumps(read(session, envelope)) + "\n")
        if rule("lose"):
            server.transport.abort()
        return "250 OK, it is here"


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == login
    return AuthResult(success=right, handled=False)


async def serve():
    context = None
    if security != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")

    def make():
        return SMTP(
            Handler(),
            hostname="mail.test",
            enable_SMTPUTF8=True,
            tls_context=context if security == "starttls" else None,
            require_starttls=security == "starttls",
            authenticator=authenticate if login else None,
            auth_required=bool(login),
            auth_require_tls=security == "starttls",
        )

    server = await asyncio.get_running_loop().create_server(
        make, "127.0.0.1", port, ssl=context if security == "tls" else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
