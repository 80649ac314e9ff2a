help:      ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'
demo:      ## run Okienko with an invented network
	python3 run.py demo
serve:     ## run the web server and a worker on your own data
	python3 run.py serve
setup:     ## everything but starting, with the tools of development
	python3 run.py setup --dev
test:      ## the whole test suite
	python3 run.py test
lint:      ## ruff, mypy, import order
	python3 run.py lint
bench:     ## the list of benchmarks
	python3 run.py bench
messages:  ## collect the texts of every app for translation (needs GNU gettext)
	@for app in $$(dirname $$(dirname $$(dirname $$(dirname $$(git ls-files 'src/**/locale/pl/LC_MESSAGES/django.po'))))); do \
	  (cd $$app && DJANGO_SETTINGS_MODULE=okienko.config.settings.dev $(CURDIR)/.venv/bin/django-admin makemessages -l pl --no-location --no-obsolete -v 0); done
docs:      ## write the pages that are made from the code anew
	.venv/bin/python -m tests.architecture.permissions
wheel:     ## build dist/okienko-*.whl with assets and translations inside
	python3 run.py setup --dev
	.venv/bin/python -m build --wheel --no-isolation
.PHONY: help demo serve setup test lint bench messages docs wheel
