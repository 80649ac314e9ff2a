"""QR codes as drawings."""

import io

import segno


def qr_svg(content: str) -> str:
    """A QR code as SVG: error correction M, a quiet zone of four modules, as printers and copiers need."""
    out = io.BytesIO()
    segno.make(content, error="m", micro=False, boost_error=True).save(
        out,
        kind="svg",
        border=4,
        dark="#1B2430",
        light="#FFFFFF",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode("ascii")
