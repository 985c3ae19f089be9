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
