package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/beistand/beistand/app/problem"
)

// maxConfig bounds the configuration file, in bytes.
const maxConfig = 1 << 20

// configFile is the one file of settings: YAML, each key a flag's long name.
type configFile struct {
	path   string
	values map[string]any
	lines  map[string]int
}

// configPath finds the file's name before the flags are parsed, because the
// file is one of their sources.
func configPath(args []string) (path string, chosen bool) {
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			return v, true
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1], true
		}
	}
	if v := os.Getenv("BEISTAND_CONFIG"); v != "" {
		return v, true
	}
	return defaultConfigPath(), false
}

// openConfig reads the file; one that nobody asked for may be missing.
func openConfig(path string, chosen bool) (*configFile, error) {
	c := &configFile{path: path, values: map[string]any{}, lines: map[string]int{}}
	if path == "" {
		return c, nil
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && !chosen {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	if info.Size() > maxConfig {
		return nil, c.fault(1, "it is larger than 1 MiB")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return c, c.parse(text)
}

func (c *configFile) parse(text []byte) error {
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			return c.fault(at.GetToken().Position.Line, at.GetMessage())
		}
		return c.fault(1, "it is not YAML")
	}
	for _, doc := range tree.Docs {
		if doc.Body == nil {
			continue
		}
		var entries []*ast.MappingValueNode
		switch body := doc.Body.(type) {
		case *ast.MappingNode:
			entries = body.Values
		case *ast.CommentGroupNode, *ast.NullNode:
			continue
		default:
			return c.fault(body.GetToken().Position.Line, "it must be lines like \"desk: https://support.example.com\"")
		}
		for _, e := range entries {
			key := e.Key.GetToken().Value
			c.lines[key] = e.Key.GetToken().Position.Line
			var v any
			if err := yaml.NodeToValue(e.Value, &v); err != nil {
				return c.fault(c.lines[key], "the value of "+key+" cannot be read")
			}
			c.values[key] = v
		}
	}
	return nil
}

func (c *configFile) fault(line int, why string) error {
	return &problem.Usage{Reason: fmt.Sprintf("The configuration file %s cannot be used, line %d: %s", c.path, line, why)}
}

// Validate is part of kong.Resolver.
func (c *configFile) Validate(*kong.Application) error { return nil }

// Resolve gives the file's value, unless the environment has a say: that is
// stronger, and kong alone would let the file win.
func (c *configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if envSet(flag) != "" {
		return nil, nil
	}
	return c.values[flag.Name], nil
}

// unknown names the first key that no command has, so that a typing mistake
// does not pass in silence.
func (c *configFile) unknown(app *kong.Application) error {
	known := map[string]bool{}
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			known[f.Name] = len(f.Envs) > 0
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(app.Node)
	for key, line := range c.lines {
		if !known[key] {
			return c.fault(line, fmt.Sprintf("there is no setting %q", key))
		}
	}
	return nil
}

func envSet(f *kong.Flag) string {
	for _, name := range f.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return name
		}
	}
	return ""
}

// configCommand has every setting as a flag of its own, so that the answer
// takes in flags too.
type configCommand struct {
	deskAddress
	profileFile
	deskSettings

	JSON bool `name:"json" help:"Print JSON."`
}

type setting struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
	From  string `json:"from"` // default, file, environment, flag
	Where string `json:"where,omitempty"`
}

func (c *configCommand) Run(e *env) error {
	given := map[string]bool{}
	for _, p := range e.kong.Path {
		if p.Flag != nil && !p.Resolved {
			given[p.Flag.Name] = true
		}
	}
	all := []setting{}
	for _, f := range e.kong.Flags() {
		if len(f.Envs) == 0 {
			continue // not a setting: --help, --json
		}
		s := setting{Name: f.Name, Value: e.kong.FlagValue(f), From: "default"}
		switch env, line := envSet(f), e.file.lines[f.Name]; {
		case given[f.Name]:
			s.From, s.Where = "flag", "--"+f.Name
		case env != "":
			s.From, s.Where = "environment", env
		case line > 0:
			s.From, s.Where = "file", fmt.Sprintf("%s:%d", e.file.path, line)
		}
		all = append(all, s)
	}
	if c.JSON {
		return writeJSON(e.out, all)
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		value := strings.TrimSpace(fmt.Sprint(s.Value))
		if value == "" || value == "[]" {
			value = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Name, value, s.From, s.Where)
	}
	return w.Flush()
}

// versionCommand prints which program this is.
type versionCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
}

func (c *versionCommand) Run(e *env) error {
	info := buildInfo(e.version)
	if c.JSON {
		return writeJSON(e.out, info)
	}
	_, err := fmt.Fprintf(e.out, "beistand %s (%s, %s)\n", info.Version, info.Go, info.System)
	return err
}

func writeJSON(w interface{ Write([]byte) (int, error) }, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
