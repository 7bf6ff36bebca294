"""A second opinion on expressions, by cel-python: reads {"expr": …, "bindings": …} line by line and answers
{"value": …}, {"error": …} or {"skip": …} in the same order. Bindings are plain JSON."""

import json
import math
import sys

try:
    import celpy
    from celpy import celtypes
except ImportError:
    sys.exit(42)


def notation(value):
    if value is None:
        return {"null_value": None}
    if isinstance(value, (bool, celtypes.BoolType)):
        return {"bool_value": bool(value)}
    if isinstance(value, celtypes.UintType):
        return {"uint64_value": str(int(value))}
    if isinstance(value, int):
        return {"int64_value": str(int(value))}
    if isinstance(value, float):
        number = float(value)
        if math.isnan(number) or math.isinf(number):
            return {"double_value": "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"}
        return {"double_value": number}
    if isinstance(value, str):
        return {"string_value": str(value)}
    if isinstance(value, list):
        return {"list_value": {"values": [notation(item) for item in value]}}
    if isinstance(value, dict):
        return {"map_value": {"entries": [
            {"key": notation(key), "value": notation(item)} for key, item in value.items()]}}
    raise TypeError(type(value).__name__)


environment = celpy.Environment()
for line in sys.stdin:
    case = json.loads(line)
    try:
        program = environment.program(environment.compile(case["expr"]))
        bindings = {name: celpy.json_to_cel(value) for name, value in case["bindings"].items()}
        answer = {"value": notation(program.evaluate(bindings))}
    except celpy.CELEvalError as error:
        answer = {"error": str(error.args[0])[:100]}
    except Exception as error:  # what cel-python itself does not get right
        answer = {"skip": f"{type(error).__name__}: {error}"[:100]}
    print(json.dumps(answer), flush=False)
