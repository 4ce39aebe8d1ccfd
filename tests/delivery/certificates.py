"""An authority of our own and the certificates, good and bad, that a test relay shows."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Authority:
    """`file` is what a client trusts. Loopback is the host that good certificates name."""

    folder: Path
    key: Key
    certificate: x509.Certificate

    @property
    def file(self) -> str:
        return str(self.folder / "authority.pem")

    def server(self, *, names: tuple[str, ...] = ("127.0.0.1",), days: int = 2) -> ssl.SSLContext:
        """A server's TLS with a certificate from this authority; with negative `days` it has expired."""
        return self._context(_certificate("relay", names, days, self.key, self.certificate))

    def server_file(self) -> Path:
        """Key and good certificate in one file, for a server that is a program of its own."""
        path = self.folder / "program.pem"
        path.write_bytes(_pem(*_certificate("relay", ("127.0.0.1",), 2, self.key, self.certificate)))
        return path

    def self_signed(self) -> ssl.SSLContext:
        return self._context(_certificate("relay", ("127.0.0.1",), 2, None, None))

    def _context(self, made: tuple[Key, x509.Certificate]) -> ssl.SSLContext:
        path = self.folder / "server.pem"
        path.write_bytes(_pem(*made))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path)
        return context


def make_authority(folder: Path) -> Authority:
    key, certificate = _certificate("authority", (), 2, None, None)
    authority = Authority(folder, key, certificate)
    Path(authority.file).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return authority


def _certificate(
    name: str, names: tuple[str, ...], days: int, issuer_key: Key | None, issuer: x509.Certificate | None
) -> tuple[Key, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    signing_key = issuer_key or key
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=issuer is None,
        crl_sign=issuer is None,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 5 * DAY)
        .not_valid_after(now + days * DAY)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName(map(_general_name, names)), critical=False
        )
    return key, builder.sign(signing_key, hashes.SHA256())


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: Key, certificate: x509.Certificate) -> bytes:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
