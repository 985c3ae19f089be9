package analyze

import (
	"fmt"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

func softwareRules() []Rule {
	eachProduct := func(look func(p collect.FoundProduct) (hit, bool)) func(*evidence) []hit {
		return func(e *evidence) []hit {
			all, _ := read[collect.ProductsFacts](e, "products")
			var hits []hit
			for i, p := range all.v.Products {
				if h, ok := look(p); ok {
					if h.data == nil {
						h.data = map[string]string{}
					}
					h.data["Product"] = p.Name
					h.refs = []Ref{all.at("products", i)}
					hits = append(hits, h)
				}
			}
			return hits
		}
	}
	return []Rule{
		{
			ID: "product-versions", Severity: Warning,
			Say:  "{{.Product}} is installed more than once: {{.Versions}}.",
			Do:   "Remove the versions that are not used; a program may start the wrong one.",
			When: "The places that tell a product's version tell different ones.",
			find: eachProduct(func(p collect.FoundProduct) (hit, bool) {
				var versions, where []string
				for _, v := range p.Versions {
					known := false
					for _, w := range versions {
						known = known || compareVersions(v.Version, w) == 0
					}
					if !known && v.Version != "" {
						versions = append(versions, v.Version)
						where = append(where, fmt.Sprintf("%s from %s %s", v.Version, v.From, v.Where))
					}
				}
				return hit{data: data("Versions", inList(versions, 4)), detail: strings.Join(where, "; ")}, len(versions) > 1
			}),
		},
		{
			ID: "product-missing", Severity: Info,
			Say:  "{{.Product}} was not found on this machine.",
			Do:   "Check whether it is installed here, or in an unusual place.",
			When: "None of the places that the profile names for a product's version has one.",
			find: eachProduct(func(p collect.FoundProduct) (hit, bool) {
				return hit{detail: strings.Join(p.Problems, "; ")}, p.Version == "" && len(p.Versions) == 0
			}),
		},
		{
			ID: "packages-broken", Severity: Warning,
			Say:  "Programs are not wholly installed: {{.Packages}}.",
			Do:   "Finish or repeat their installation (dpkg --configure -a, apt --fix-broken install).",
			When: "The package database has packages that are neither installed nor removed.",
			find: func(e *evidence) []hit {
				p, ok := read[collect.PackagesFacts](e, "packages")
				if !ok || len(p.v.Broken) == 0 {
					return nil
				}
				return one(hit{data: data("Packages", inList(p.v.Broken, 5)), refs: []Ref{p.at("broken")}})
			},
		},
		{
			ID: "driver-not-built", Severity: Warning,
			Say:  "A driver is not ready for the system that runs: {{.Driver}}.",
			Do:   "Build it again (dkms autoinstall), or restart into the system that it was built for.",
			When: "DKMS has built a module for other kernels, and not for the one that runs.",
			find: func(e *evidence) []hit {
				m, _ := read[collect.ModulesFacts](e, "modules")
				h, ok := read[collect.HostFacts](e, "host")
				if !ok || h.v.Kernel == "" {
					return nil
				}
				ready := map[string]bool{}
				for _, line := range m.v.DKMS { // "nvidia 550.1 for 6.1.0-21-amd64"
					name, _, _ := strings.Cut(line, " ")
					ready[name] = ready[name] || strings.HasSuffix(line, " for "+h.v.Kernel)
				}
				var hits []hit
				for i, line := range m.v.DKMS {
					if name, _, _ := strings.Cut(line, " "); !ready[name] {
						ready[name] = true // told once
						hits = append(hits, hit{data: data("Driver", name), detail: line + "; running " + h.v.Kernel, refs: []Ref{m.at("built_here", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "kernel-tainted", Severity: Info,
			Say:  "The core of the system runs with parts that its makers do not answer for, or has met a fault.",
			Do:   "Keep it in mind when the machine crashes; try without those drivers.",
			When: "The kernel is tainted by more than signed or proprietary modules: by a fault, a forced module or a hardware error.",
			find: func(e *evidence) []hit {
				m, ok := read[collect.ModulesFacts](e, "modules")
				if !ok {
					return nil
				}
				for i, why := range m.v.Tainted {
					if grave(why) {
						return one(hit{detail: strings.Join(m.v.Tainted, "; "), refs: []Ref{m.at("tainted", i)}})
					}
				}
				return nil
			},
		},
	}
}

// grave tells a kernel's faults from modules that only are not its own.
func grave(taint string) bool {
	taint = strings.ToLower(taint)
	for _, word := range []string{"force", "reported an error", "bad page", "stumbled", "warned", "locked up"} {
		if strings.Contains(taint, word) {
			return true
		}
	}
	return false
}

// Older makes the rule that a product is older than the version in which a
// fault was mended: what a profile says as a product's fixed version.
func Older(product, fixed string) Rule {
	return Rule{
		ID: "product-older", Severity: Warning,
		Say:  "{{.Product}} {{.Version}} is older than {{.Fixed}}, in which known faults are mended.",
		Do:   "Update {{.Product}}.",
		When: "The product's version is lower than the one that the profile names as fixed.",
		find: func(e *evidence) []hit {
			all, _ := read[collect.ProductsFacts](e, "products")
			for i, p := range all.v.Products {
				if p.Name == product && p.Version != "" && compareVersions(p.Version, fixed) < 0 {
					return one(hit{data: data("Product", product, "Version", p.Version, "Fixed", fixed), refs: []Ref{all.at("products", i, "version")}})
				}
			}
			return nil
		},
	}
}
