package diag

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// How much a profile may have.
const (
	maxProducts = 200
	maxLogs     = 50
	maxLogBytes = 64 << 20
)

// parseProfile reads a profile's text; docs/profile.md has the same settings.
func parseProfile(yamlText []byte) (*Profile, error) {
	root, err := parseTree(yamlText)
	if err != nil {
		return nil, err
	}
	p := &Profile{}
	err = fields(root, "a profile", map[string]func(ast.Node) error{
		"name":     text(&p.Name, nil),
		"desk":     text(&p.Desk, checkDesk),
		"phone":    text(&p.Phone, nil),
		"email":    text(&p.Email, checkEmail),
		"products": list("products", maxProducts, p.readProduct),
		"logs":     list("logs", maxLogs, p.readLog),
	})
	if err != nil {
		return nil, err
	}
	if p.Name == "" {
		return nil, at(root, "a profile needs a name")
	}
	return p, nil
}

func (p *Profile) readProduct(n ast.Node) error {
	var one Product
	err := fields(n, "a product", map[string]func(ast.Node) error{
		"name":    text(&one.Name, nil),
		"version": text(&one.Version, nil),
	})
	if err != nil {
		return err
	}
	if one.Name == "" {
		return at(n, "a product needs a name")
	}
	for _, other := range p.Products {
		if other == one {
			return at(n, "the product %q is there twice", one.Name)
		}
	}
	p.Products = append(p.Products, one)
	return nil
}

func (p *Profile) readLog(n ast.Node) error {
	var one Log
	err := fields(n, "a log", map[string]func(ast.Node) error{
		"path":   text(&one.Path, checkPath),
		"bytes":  number(maxLogBytes, func(v int64) { one.Bytes = v }),
		"newest": number(10, func(v int64) { one.Newest = int(v) }),
	})
	if err != nil {
		return err
	}
	if one.Path == "" {
		return at(n, "a log needs a path")
	}
	p.Logs = append(p.Logs, one)
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

func checkEmail(s string) string {
	before, after, ok := strings.Cut(s, "@")
	if !ok || before == "" || after == "" || strings.ContainsAny(s, " <>,;") {
		return "an e-mail address is like help@example.com"
	}
	return ""
}
