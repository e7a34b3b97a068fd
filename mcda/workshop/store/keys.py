"""Codes people type, keys that are links, and the hashes that are all we keep of a key."""

import hashlib
import hmac
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without 0, O, 1, I and L: nobody has to ask which one it is."""
CODE_LENGTH = 6
KEY_BYTES = 24


def new_code() -> str:
    """A room's code: six signs, 887 million possibilities, from the system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """A code as it was meant: capitals, without blanks and hyphens; empty when it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else ""


def new_key() -> str:
    """A key of 192 random bits, fit for an address."""
    return secrets.token_urlsafe(KEY_BYTES)


def hash_key(key: str) -> str:
    """SHA-256 of a key. A key is as random as its hash is long enough, so it needs no salt and no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def same_key(kept: str, given: str) -> bool:
    """Whether two hashes are the same, in constant time."""
    return hmac.compare_digest(kept.encode(), given.encode())
