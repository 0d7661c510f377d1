"""The part of JSON Schema that SendGrid's description of `mail/send` makes use of."""

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
}
LIMITS = {"maxItems", "maxLength", "maxProperties"}
KNOWN = LIMITS | {
    "$comment", "additionalProperties", "enum", "format", "items", "minLength", "properties",
    "required", "type", "uniqueItems",
}  # fmt: skip


def breaches(value, schema, where="body"):
    """Each place where `value` breaks the schema. A property that it does not name is a breach
    too: the service would pass over it.
    """
    assert schema.keys() <= KNOWN, f"{where}: {schema.keys() - KNOWN} is not understood here"
    if not isinstance(value, TYPES[schema["type"]]) or (schema["type"], type(value)) == (
        "integer",
        bool,
    ):
        yield f"{where}: not of type {schema['type']}"
        return
    yield from _own_breaches(value, schema, where)
    if schema["type"] == "object":
        yield from _in_object(value, schema, where)
    if schema["type"] == "array":
        for place, item in enumerate(value):
            yield from breaches(item, schema["items"], f"{where}.{place}")


def _own_breaches(value, schema, where):
    if any(len(value) > schema[limit] for limit in LIMITS & schema.keys()):
        yield f"{where}: too long"
    if "minLength" in schema and len(value) < schema["minLength"]:
        yield f"{where}: too short"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: none of {schema['enum']}"
    if schema.get("format") == "email" and not all(value.partition("@")):
        yield f"{where}: no address"
    if schema.get("uniqueItems") and any(value.count(item) > 1 for item in value):
        yield f"{where}: something twice"


def _in_object(value, schema, where):
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}: without {name}"
    for name, each in value.items():
        if name in schema.get("properties", {}):
            yield from breaches(each, schema["properties"][name], f"{where}.{name}")
        elif "additionalProperties" in schema:
            yield from breaches(each, schema["additionalProperties"], f"{where}.{name}")
        elif "properties" in schema:
            yield f"{where}: {name} is not known"
