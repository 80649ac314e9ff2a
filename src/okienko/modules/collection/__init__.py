"""Collecting answers ("zbieranie odpowiedzi"): the answering page, keyed entry of paper forms, import."""
