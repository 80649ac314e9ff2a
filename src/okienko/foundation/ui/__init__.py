"""The look: frame, components, template tags, form rendering, the living style page."""
