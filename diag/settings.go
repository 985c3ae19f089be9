package diag

import (
	"net/netip"
	"net/url"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/goccy/go-yaml/ast"
)

type readers = map[string]func(ast.Node) error

// parseProfile reads a profile's text; docs/profile.md has the same settings.
func parseProfile(yamlText []byte) (*Profile, error) {
	root, err := parseTree(yamlText)
	if err != nil {
		return nil, err
	}
	if err := validate(root); err != nil {
		return nil, err
	}
	p := &Profile{}
	err = fields(root, readers{
		"name":          text(&p.Name, notEmpty),
		"desk":          text(&p.Desk, checkDesk),
		"desk_key":      text(new(string), p.setDeskKey),
		"key":           text(&p.Key, checkKey),
		"queue":         text(&p.Queue, notEmpty),
		"phone":         text(&p.Phone, notEmpty),
		"email":         text(&p.Email, checkEmail),
		"priorities":    p.Priorities.read,
		"products":      list(p.readProduct),
		"logs":          list(p.readLog),
		"commands":      list(p.readCommand),
		"registry":      texts(&p.Registry, nil),
		"exports":       list(readPlace(&p.Exports, checkGlob)),
		"crash_folders": list(readPlace(&p.CrashFolders, checkFolder)),
		"endpoints":     list(p.readEndpoint),
		"hosts":         texts(&p.Hosts, nil),
		"time_servers":  texts(&p.TimeServers, nil),
		"environment":   texts(&p.Environment, nil),
		"checks":        list(p.readCheck),
		"redact":        p.Redact.read,
		"session":       p.Session.read,
		"kinds":         list(p.readKind),
		"routing":       list(p.readRoute),
	})
	if err == nil {
		err = p.checkKinds(root)
	}
	if err == nil {
		err = p.checkRouting(root)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (w *Priorities) read(n ast.Node) error {
	return fields(n, readers{
		"critical": text(&w.Critical, notEmpty), "high": text(&w.High, notEmpty),
		"normal": text(&w.Normal, notEmpty), "low": text(&w.Low, notEmpty),
	})
}

func (p *Profile) readProduct(n ast.Node) error {
	var one Product
	err := fields(n, readers{
		"name":            text(&one.Name, notEmpty),
		"version":         text(&one.Version, notEmpty),
		"fixed":           text(&one.Fixed, notEmpty),
		"packages":        texts(&one.Packages, notEmpty),
		"modules":         texts(&one.Modules, notEmpty),
		"version_file":    text(&one.VersionFile, checkFile),
		"version_command": texts(&one.VersionCommand, nil),
	})
	if err != nil {
		return err
	}
	if len(one.VersionCommand) > 0 {
		if why := checkProgram(one.VersionCommand[0]); why != "" {
			return at(pairOf(n, "version_command").Value, "%s", why)
		}
	}
	for _, other := range p.Products {
		if other.Name == one.Name && other.Version == one.Version {
			return at(n, "the product %q is there twice", one.Name)
		}
	}
	p.Products = append(p.Products, one)
	return nil
}

func (p *Profile) readLog(n ast.Node) error {
	var one Log
	err := fields(n, readers{
		"path":   text(&one.Path, checkPath),
		"bytes":  number(func(v int64) { one.Bytes = v }),
		"newest": number(func(v int64) { one.Newest = int(v) }),
		"os":     texts(&one.OS, nil),
	})
	p.Logs = append(p.Logs, one)
	return err
}

func (p *Profile) readCommand(n ast.Node) error {
	var one Command
	err := fields(n, readers{
		"name":    text(&one.Name, notEmpty),
		"path":    text(&one.Path, checkProgram),
		"args":    texts(&one.Args, nil),
		"bytes":   number(func(v int64) { one.Bytes = v }),
		"seconds": number(func(v int64) { one.Timeout = time.Duration(v) * time.Second }),
		"os":      texts(&one.OS, nil),
	})
	p.Commands = append(p.Commands, one)
	return err
}

func readPlace(to *[]Place, check func(string) string) func(ast.Node) error {
	return func(n ast.Node) error {
		var one Place
		err := fields(n, readers{"path": text(&one.Path, check), "os": texts(&one.OS, nil)})
		*to = append(*to, one)
		return err
	}
}

func (p *Profile) readEndpoint(n ast.Node) error {
	var one Endpoint
	err := fields(n, readers{"name": text(&one.Name, notEmpty), "url": text(&one.URL, checkEndpoint)})
	p.Endpoints = append(p.Endpoints, one)
	return err
}

func (p *Profile) readCheck(n ast.Node) error {
	var one Check
	err := fields(n, readers{
		"id": text(&one.ID, nil), "severity": text(&one.Severity, nil),
		"when": text(&one.When, notEmpty), "say": text(&one.Say, notEmpty), "do": text(&one.Do, notEmpty),
	})
	if err != nil {
		return err
	}
	if at := pairOf(n, "when").Value.GetToken().Position; at != nil {
		one.Line, one.Column = at.Line, at.Column
	}
	for _, other := range p.Checks {
		if other.ID == one.ID {
			return at(n, "the check %q is there twice", one.ID)
		}
	}
	p.Checks = append(p.Checks, one)
	return nil
}

// checkDesk wants https, or http on this very machine.
func checkDesk(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "a desk's address is like https://desk.example.com"
	}
	ip, err := netip.ParseAddr(u.Hostname())
	loopback := u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback) {
		return "a desk's address begins with https://"
	}
	return ""
}

func checkEndpoint(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "":
	case u.Scheme == "https" || u.Scheme == "http":
		return ""
	case u.Scheme == "tcp" && u.Port() != "" && u.Path == "" && u.RawQuery == "":
		return ""
	}
	return "an endpoint is like https://erp.example.com/health or tcp://db.example.com:5432"
}

func checkEmail(s string) string {
	before, after, ok := strings.Cut(s, "@")
	if !ok || before == "" || after == "" || strings.ContainsAny(s, " <>,;") {
		return "an e-mail address is like help@example.com"
	}
	return ""
}

func (p *Profile) setDeskKey(s string) (wrong string) {
	key, err := ParsePublicKey(s)
	if err != nil {
		return "this is no desk's key: those are 44 characters of base64"
	}
	p.DeskKey = key
	return ""
}

func checkKey(s string) string {
	if all, err := age.ParseRecipients(strings.NewReader(s)); err != nil || len(all) != 1 {
		return "this is no public key of age: a letter of it is wrong or missing"
	}
	return ""
}
