// Package app is what people run: the command table, the configuration, the logging and the wiring of the parts.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/assets"
)

// streams are the process's own ends, passed in so that commands can be tested.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// env is what every command is given.
type env struct {
	streams
	ctx      context.Context
	version  string
	settings *Settings
	kong     *kong.Context
	file     *configFile
	language string
}

// Main runs the program and gives its exit code. metadata is FyneApp.toml.
func Main(metadata string, args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := streams{in, out, errs}
	language := assets.Language("")
	err := run(ctx, metadata, args, s, &language)
	if err == nil {
		return 0
	}
	p := problem.Of(err)
	fmt.Fprintln(errs, p.Text(assets.Translator(language)))
	return p.Exit
}

// exited carries kong's wish to end (after --help) out of its parser.
type exited int

func run(ctx context.Context, metadata string, args []string, s streams, language *string) (err error) {
	var cli commands
	file, err := openConfig(configPath(args))
	if err != nil {
		return err
	}
	version := versionOf(metadata)
	parser, err := kong.New(
		&cli,
		kong.Name("beistand"),
		kong.Description("Describes a problem with its evidence, files it with a support desk, and shows the screen when you agree."),
		kong.Vars{"version": version},
		kong.Writers(s.out, s.err),
		kong.Resolvers(file),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Exit(func(code int) { panic(exited(code)) }),
	)
	if err != nil {
		return err
	}
	defer func() {
		if v := recover(); v != nil {
			if _, ok := v.(exited); !ok {
				panic(v)
			}
			err = nil
		}
	}()
	kctx, err := parser.Parse(args)
	if err != nil {
		return &problem.Usage{Reason: capital(err.Error())}
	}
	if err := file.unknown(parser.Model); err != nil {
		return err
	}
	*language = assets.Language(cli.Language)
	e := &env{
		streams: s, ctx: ctx, version: version, settings: &cli.Settings,
		kong: kctx, file: file, language: *language,
	}
	err = kctx.Run(e)
	if errors.Is(err, context.Canceled) && ctx.Err() == nil {
		return fmt.Errorf("stopped from inside: %w", err)
	}
	if err != nil && strings.HasPrefix(kctx.Command(), "desk") {
		return &problem.Operator{Err: err}
	}
	return err
}

// versionOf reads the version from FyneApp.toml's [Details].
func versionOf(metadata string) string {
	for line := range strings.Lines(metadata) {
		key, value, ok := strings.Cut(line, "=")
		if ok && strings.TrimSpace(key) == "Version" {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return "unknown"
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
