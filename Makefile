# The commands of the README. Everything that they need is installed by them.

GO   ?= go
# One set of tags everywhere, so that the build cache serves all: OpenGL ES
# compiles five times quicker than desktop GL and runs the same.
TAGS := gles,migrated_fynedo
LINT := $(GO) tool -modfile=.ci/tools.mod
OUT  := build
# SQLite is C that was translated. Its memory is outside of Go's heap, where the
# race detector does not look: there it only took four times the time.
RACE := -race '-gcflags=modernc.org/sqlite/lib=-race=false -d=checkptr=0'

# What make bench-picture measures; BROWSER and LARGE are scenes over a clean
# link: with Chromium as the viewer, and with 4K. A run of two minutes is
# make bench-picture PEERS=beistand,x0vnc LINKS=clean SCENES=typing,scroll,switch SECONDS=5 BROWSER= LARGE=
PEERS   := beistand,x0vnc,chromium-av1,chromium-h264
LINKS   := clean,wan,thin,poor
SCENES  := typing,scroll,drag,video,switch,still
BROWSER := typing,scroll,video
LARGE   := typing,scroll,drag,video,switch
SECONDS := 8
REPEAT  := 1
PICTURE  = $(OUT)/bench/glass bench -table=false -seconds $(SECONDS) -repeat $(REPEAT) -out $(OUT)/bench/results.jsonl -dir $(OUT)/bench/logs

.PHONY: demo pictures test run build headless lint bench bench-codecs bench-picture packages

demo: packages ## play one whole case through real windows; pictures in demo/
	@$(GO) build -tags $(TAGS),drive -o $(OUT)/drive/beistand .
	@$(GO) run -tags $(TAGS) ./app/demo/play -program $(OUT)/drive/beistand -pictures demo

pictures: packages ## the README's pictures, in docs/
	@$(GO) build -tags $(TAGS),drive -o $(OUT)/drive/beistand .
	@FYNE_THEME=light $(GO) run -tags $(TAGS) ./app/demo/play -program $(OUT)/drive/beistand -docs docs

test: lint ## all tests, with the race detector
	@.ci/packages test
	$(GO) test $(TESTFLAGS) $(RACE) -tags $(TAGS) -timeout 20m $$($(GO) list -tags $(TAGS) ./... | grep -v /app/lab)
	$(GO) test $(TESTFLAGS) $(RACE) -tags $(TAGS) -timeout 20m -p 1 ./app/lab/... # whole networks, and what they see of time: nothing beside them
	$(GO) test $(TESTFLAGS) $(RACE) -tags $(TAGS),drive ./app/gui

run: build ## desk, customer and supporter, left open for you
	@$(GO) run -tags $(TAGS) ./app/demo/play -program $(OUT)/beistand -keep

build: packages ## the program with windows
	$(GO) build -tags $(TAGS) -o $(OUT)/beistand .

headless: ## the program without windows: static, needs no C compiler
	CGO_ENABLED=0 $(GO) build -tags headless -o $(OUT)/beistand-headless .

lint: packages
	@unformatted=$$($(LINT) gofumpt -l $$(git ls-files -co --exclude-standard '*.go')); \
		[ -z "$$unformatted" ] || { echo "not gofumpt'ed: $$unformatted"; exit 1; }
	$(GO) mod tidy -diff
	$(GO) vet -tags $(TAGS),drive ./...
	$(GO) vet -tags $(TAGS),bench ./app ./app/gui ./app/lab/stand
	$(LINT) staticcheck -tags $(TAGS),drive ./...
	$(LINT) staticcheck -tags $(TAGS),bench ./app ./app/gui ./app/lab/stand
	$(LINT) staticcheck -tags headless . ./app/... ./diag/... ./session/...

bench: packages ## figures beside their peers' or their limits
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 1s ./...

bench-codecs: ## the video formats beside those that were not chosen
	@.ci/packages rivals
	$(GO) test -tags $(TAGS),bench -run '^$$' -bench . -benchtime 1x ./session/codec

bench-picture: ## our picture and others', over good links and bad ones; root only
	@.ci/packages bench
	@$(GO) build -o $(OUT)/bench/glass ./app/lab/glass
	@$(GO) build -tags $(TAGS),bench -o $(OUT)/bench/stand ./app/lab/stand
	@rm -f $(OUT)/bench/results.jsonl
	@$(PICTURE) -peers $(PEERS) -links $(LINKS) -scenes $(SCENES)
	@[ -z "$(BROWSER)" ] || $(PICTURE) -peers beistand-browser -scenes $(BROWSER)
	@[ -z "$(LARGE)" ] || $(PICTURE) -peers beistand,x0vnc -sizes 3840x2160 -scenes $(LARGE)
	@echo; $(OUT)/bench/glass table $(OUT)/bench/results.jsonl

packages:
	@.ci/packages
