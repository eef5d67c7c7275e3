# The commands of this project; each works on a fresh checkout. See docs/ for what they start.
.PHONY: run test check train bench texts rules questions nlu-report setup clean

run:    ## everything in the foreground, at http://127.0.0.1:8080
	@scripts/run

test:   ## every test
	@scripts/test

check:  ## format, lint, types, import rules, content, fast tests
	@scripts/check

train:  ## the dialogue model, where its inputs changed
	@scripts/setup
	@scripts/train

bench:  ## ours beside others in one run: Rasa, live chats, Teams and the web, the web chat beside its peers
	@scripts/setup
	@scripts/train
	@.venv/bin/python -m bench
	@cd bench/widget && npm ci --no-audit --no-fund --ignore-scripts --silent
	@.venv/bin/python -m bench.widget

texts:  ## every text a customer can read, on one page
	@scripts/setup
	@.venv/bin/python -m scripts.texts_page

rules:  ## docs/rules.md, the register of rules, from docs/rules.yml
	@scripts/setup
	@.venv/bin/python -m scripts.rules_page

questions: ## how many questions each verdict takes
	@scripts/setup
	@.venv/bin/python -m pytest -n 0 -q tests/casework/entitlement/test_minimal_questions.py -k how_many

nlu-report: ## how well people are understood, on one page (var/nlu-report.html); half an hour
	@scripts/setup
	@scripts/train
	@.venv-rasa/bin/python -W ignore -m tests.dialogue.nlu.report

setup:  ## both runtimes
	@scripts/setup

clean:  ## everything that the commands above made, var/ excepted
	rm -rf .venv .venv-rasa .cache .rasa models/*.tar.gz .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info build bench/results.json bench/widget/results.json bench/widget/node_modules
