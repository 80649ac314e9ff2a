"""Print: tagged PDF files (PDF/UA-1, PDF/A-2a) by Typst from templates of the package.

Data goes in as JSON and stays text: nothing in it is read as markup. A picture without alternative text,
an unknown font or a warning of the compiler is an error. See `compiler.compile_pdf` and `blocks`.
"""

from okienko.foundation.print.compiler import PrintError, compile_pdf
from okienko.foundation.print.qr import qr_svg

__all__ = ["PrintError", "compile_pdf", "qr_svg"]
