package app

import (
	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/assets"
	"github.com/beistand/beistand/diag"
)

// templates are what a profile says that tickets need, as the desk takes it. It
// is words alone, so nobody has to trust who has signed it.
func templates(p *diag.Profile) api.Templates {
	var all api.Templates
	for _, one := range p.Products {
		if p.Signed != diag.Builtin { // whose products are everybody's
			all.Products = append(all.Products, api.Offered{Name: one.Name, Modules: one.Modules})
		}
	}
	titles := diag.Collectors()
	for _, k := range p.Kinds {
		t := api.Template{Kind: api.Kind(k.Kind), Product: k.Product, Fields: k.Fields}
		for _, a := range k.Ask {
			t.Ask = append(t.Ask, api.Ask{ID: a.ID, Text: a.Text, Required: !a.Optional, Description: a.Description})
		}
		for _, name := range k.Collect {
			said := api.Collecting{Collector: name, Text: map[string]string{}}
			for _, l := range assets.Languages {
				said.Text[l] = assets.Translator(l)(titles[diag.CollectorKind(name)])
			}
			t.Collect = append(t.Collect, said)
		}
		all.Kinds = append(all.Kinds, t)
	}
	return all
}

// routing are a profile's rules, as the desk takes them.
func routing(p *diag.Profile) []api.RoutingRule {
	var all []api.RoutingRule
	for _, r := range p.Routing {
		one := api.RoutingRule{
			ID: r.ID, Products: r.Products, Modules: r.Modules, Words: r.Words, Organisation: r.Organisations, Findings: r.Findings,
			Queue: r.Queue, Owner: r.Owner, Set: r.Set,
		}
		for _, k := range r.Kinds {
			one.Kinds = append(one.Kinds, api.Kind(k))
		}
		all = append(all, one)
	}
	return all
}
