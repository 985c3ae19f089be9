package analyze

import (
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

func protectionRules() []Rule {
	return []Rule{
		{
			ID: "antivirus-off", Severity: Warning,
			Say:  "No virus protection is active: {{.Products}}.",
			Do:   "Turn on the virus protection.",
			When: "Virus scanners are installed and none of them is active.",
			find: func(e *evidence) []hit {
				p, ok := read[collect.ProtectionFacts](e, "protection")
				if !ok || len(p.v.Antivirus) == 0 {
					return nil
				}
				var names []string
				for _, a := range p.v.Antivirus {
					if a.Active == nil || *a.Active {
						return nil
					}
					names = append(names, a.Name)
				}
				return one(hit{data: data("Products", inList(names, 3)), refs: []Ref{p.at("antivirus")}})
			},
		},
		{
			ID: "antivirus-outdated", Severity: Warning,
			Say:  "The virus protection {{.Product}} is not up to date.",
			Do:   "Update its signatures.",
			When: "An active virus scanner says that it is out of date, or its signatures are older than 14 days.",
			find: func(e *evidence) []hit {
				p, _ := read[collect.ProtectionFacts](e, "protection")
				var hits []hit
				for i, a := range p.v.Antivirus {
					old := a.Signatures != nil && e.now.Sub(*a.Signatures) > 14*oneDay
					if a.Active != nil && *a.Active && (old || a.UpToDate != nil && !*a.UpToDate) {
						hits = append(hits, hit{data: data("Product", a.Name), detail: "signatures of " + moment(a.Signatures), refs: []Ref{p.at("antivirus", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "antivirus-two", Severity: Warning,
			Say:  "Several virus scanners are active at once: {{.Products}}.",
			Do:   "Keep one; two make the machine slow and block each other's programs.",
			When: "More than one virus scanner is active.",
			find: func(e *evidence) []hit {
				p, _ := read[collect.ProtectionFacts](e, "protection")
				var names []string
				for _, a := range p.v.Antivirus {
					if a.Active != nil && *a.Active {
						names = appendNew(names, a.Name)
					}
				}
				if len(names) < 2 {
					return nil
				}
				return one(hit{data: data("Products", inList(names, 3)), refs: []Ref{p.at("antivirus")}})
			},
		},
		{
			ID: "firewall-off", Severity: Warning,
			Say:  "The firewall is turned off.",
			Do:   "Turn it on, unless another one protects this network.",
			When: "Firewalls are installed and none of them is active.",
			find: func(e *evidence) []hit {
				p, ok := read[collect.ProtectionFacts](e, "protection")
				if !ok || len(p.v.Firewalls) == 0 {
					return nil
				}
				var names []string
				for _, f := range p.v.Firewalls {
					if f.Active == nil || *f.Active {
						return nil
					}
					names = append(names, f.Name)
				}
				return one(hit{detail: strings.Join(names, ", "), refs: []Ref{p.at("firewalls")}})
			},
		},
	}
}

func settingRules() []Rule {
	return []Rule{
		{
			ID: "locale-not-utf8", Severity: Info,
			Say:  "Programs here do not write Unicode; letters such as ä or é can be spoiled.",
			Do:   "Set a locale that ends in UTF-8.",
			When: "The environment's locale is not UTF-8 on a system other than Windows.",
			find: func(e *evidence) []hit {
				v, ok := read[collect.EnvironmentFacts](e, "environment")
				if !ok || v.v.UTF8 || e.manifest.OS == "windows" {
					return nil
				}
				return one(hit{detail: "locale " + v.v.Locale, refs: []Ref{v.at("utf8")}})
			},
		},
		{
			ID: "variable-missing", Severity: Warning,
			Say:  "A setting that the product needs is missing: the variable {{.Name}}.",
			Do:   "Set it for the person who runs the product, then log in again.",
			When: "The profile asks for an environment variable that is not set.",
			find: func(e *evidence) []hit {
				v, _ := read[collect.EnvironmentFacts](e, "environment")
				var hits []hit
				for i, x := range v.v.Variables {
					if x.Unset {
						hits = append(hits, hit{data: data("Name", x.Name), refs: []Ref{v.at("variables", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "path-broken", Severity: Info,
			Say:  "Programs are looked for in folders that do not exist: {{.Folders}}.",
			Do:   "Correct the variable PATH.",
			When: "PATH has folders that are not there or cannot be read.",
			find: func(e *evidence) []hit {
				v, _ := read[collect.EnvironmentFacts](e, "environment")
				var folders []string
				var h hit
				for i, p := range v.v.Path {
					if p.Problem != "" {
						folders = append(folders, p.Folder)
						h.refs = append(h.refs, v.at("path", i))
					}
				}
				if len(folders) == 0 {
					return nil
				}
				h.data = data("Folders", inList(folders, 3))
				return one(h)
			},
		},
		{
			ID: "export-failed", Severity: Warning,
			Say:  "The product's own export {{.Name}} failed.",
			Do:   "Run it by hand and read what it says.",
			When: "A command of the profile ended with an exit code other than 0, or was stopped.",
			find: func(e *evidence) []hit {
				var hits []hit
				for _, f := range e.manifest.Files {
					name, ok := strings.CutPrefix(f.Path, "system/command-")
					if !ok {
						continue
					}
					c, ok := read[collect.CommandFacts](e, "command-"+strings.TrimSuffix(name, ".json"))
					if ok && (c.v.Stopped != "" || c.v.Exit != nil && *c.v.Exit != 0) {
						h := hit{data: data("Name", c.v.Name), detail: c.v.Stopped, refs: []Ref{c.at("program")}}
						if c.v.Exit != nil {
							h.detail, h.refs = "exit code "+number(*c.v.Exit), []Ref{c.at("exit_code")}
						}
						hits = append(hits, h)
					}
				}
				return hits
			},
		},
	}
}
