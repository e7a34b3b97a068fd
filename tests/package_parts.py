"""What Word and Excel ask of any file of theirs before they open it without a word: parts, types, relations, XML."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Parts = Mapping[str, ElementTree.Element]


def checked_parts(content: bytes) -> Parts:
    """The XML parts of a package by name; AssertionError where the package itself is not sound."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        names = package.namelist()
        parts = {n: ElementTree.fromstring(package.read(n)) for n in names if n.endswith((".xml", ".rels", ".vml"))}
    assert len({name.casefold() for name in names}) == len(names), "two parts of one name"
    _check_types(names, parts)
    for name in names:
        if name.endswith(".rels"):
            _check_relations(name, names, parts)
    return parts


def _check_types(names: list[str], parts: Parts) -> None:
    """Every part has a type, and every type named is that of a part."""
    said = parts["[Content_Types].xml"]
    endings = {one.get("Extension", "").casefold() for one in said.iter(f"{TYPES}Default")}
    single = [one.get("PartName", "").removeprefix("/") for one in said.iter(f"{TYPES}Override")]
    assert len(single) == len(set(single))
    assert set(single) <= set(names)
    untyped = [n for n in names if n not in single and n.rpartition(".")[2].casefold() not in endings]
    assert untyped in ([], ["[Content_Types].xml"])


def _check_relations(name: str, names: list[str], parts: Parts) -> None:
    """Every relation has an id of its own and leads to a part; every id a part names is one of its relations."""
    folder, file = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
    relations = list(parts[name].iter(f"{RELATED}Relationship"))
    ids = [one.get("Id") for one in relations]
    assert len(ids) == len(set(ids))
    for one in relations:
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            base = "" if target.startswith("/") else posixpath.dirname(owner)
            assert posixpath.normpath(posixpath.join(base, target.lstrip("/"))) in names, target
    if owner in parts:
        used = {value for e in parts[owner].iter() for key, value in e.attrib.items() if key.startswith(R) and value}
        assert used <= set(ids), owner
