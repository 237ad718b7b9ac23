"""How the page looks: colours and fonts that every machine has, light and dark."""

from __future__ import annotations

import gradio as gr

_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "DejaVu Sans", "sans-serif")
_FIXED = ("ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace")


def tillsight_theme() -> gr.themes.Base:
    """Return the theme; it names system fonts only, so nothing is fetched."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        secondary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_lg,
        font=_FONTS,
        font_mono=_FIXED,
    ).set(
        body_background_fill="#f6f7f4",
        body_background_fill_dark="#0f1513",
        body_text_color="#16211c",
        body_text_color_dark="#e8efeb",
        body_text_color_subdued="#5d6b64",
        body_text_color_subdued_dark="#9db0a7",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#171f1c",
        background_fill_secondary="#f0f2ee",
        background_fill_secondary_dark="#131a17",
        block_background_fill="#ffffff",
        block_background_fill_dark="#171f1c",
        block_border_color="#dfe4df",
        block_border_color_dark="#2a3631",
        border_color_primary="#dfe4df",
        border_color_primary_dark="#2a3631",
        input_background_fill="#ffffff",
        input_background_fill_dark="#171f1c",
        button_primary_background_fill="#0f766e",
        button_primary_background_fill_hover="#0b5e57",
        button_primary_background_fill_dark="#0f766e",
        button_primary_background_fill_hover_dark="#14857c",
        button_primary_text_color="#ffffff",
    )
