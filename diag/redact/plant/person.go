package plant

import "strings"

func (g *gen) first() string {
	return g.pick("antje", "bernd", "carola", "dirk", "elke", "femke", "gerrit", "heike", "ingo", "joost",
		"karin", "lars", "marijke", "norbert", "pieter", "renate", "silke", "thijs", "uwe", "wouter")
}

func (g *gen) family() string {
	return g.pick("albers", "bakker", "dekker", "ebner", "fuchs", "gruber", "hofmann", "jansen", "koch", "lehmann",
		"mulder", "neumann", "pichler", "richter", "smit", "steiner", "visser", "weber", "zimmermann")
}

// user gives an account's name: "flast12", "dot" for "first.last3", "upper" as
// Windows and SAP show it, "short" for initials and a number.
func (g *gen) user(style string) string {
	switch style {
	case "dot":
		return g.first() + "." + g.family() + g.pattern("^")
	case "upper":
		return strings.ToUpper(g.family()) + g.pattern("^#")
	case "short":
		return g.chars(lower, 3) + g.pattern("^###")
	}
	return g.first()[:1] + g.family() + g.pattern("^#")
}

// local gives the part of an address in front of the at sign.
func (g *gen) local(style string) string {
	switch style {
	case "plus":
		return g.first() + "." + g.family() + "+" + g.pick("shop", "news", "test") + g.pattern("^#")
	case "quoted":
		return `"` + g.first() + " " + g.family() + g.pattern("^#") + `"`
	case "umlaut":
		return g.first() + ".m" + g.pick("ü", "ö") + "ller" + g.pattern("^#")
	case "under":
		return g.first() + "_" + g.family() + g.pattern("^#")
	}
	return g.first() + "." + g.family() + g.pattern("^##")
}

func (g *gen) mailDomain() string {
	return g.pick("example.com", "t-online.de", "gmx.at", "xs4all.nl", "baustoffe-nord.example", "mail.example.org")
}

// host gives a machine's name without a domain; "upper" as NetBIOS has it.
func (g *gen) host(style string) string {
	name := g.pick("srv", "app", "db", "mail", "print", "nas", "ts", "dc") + g.pick("-hh", "-muc", "-ams", "-lager", "") + g.pattern("^#")
	if style == "upper" {
		return strings.ToUpper(name) + g.pattern("^#")
	}
	return name + g.pattern("^")
}

// own gives one of the machine's own words: "host", "domain", "user" or
// "name"; "name0" and "name1" always the same one.
func (g *gen) own(what string) string {
	o := Own()
	switch what {
	case "host":
		return g.pick(o.Hosts...)
	case "domain":
		return g.pick(o.Domains...)
	case "user":
		return g.pick(o.Users...)
	case "name0":
		return o.Names[0]
	case "name1":
		return o.Names[1]
	}
	return g.pick(o.Names...)
}
