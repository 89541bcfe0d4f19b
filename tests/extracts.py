"""Small extracts of the systems that a preset is for, by preset: their files as text."""

from mapped_samples import SAMPLES
from requite.engine.mapping.plan import preset_names

EXTRACTS = {
    name: {
        path.name: path.read_text(encoding="utf-8") for path in sorted((SAMPLES / name).iterdir())
    }
    for name in preset_names()
}
