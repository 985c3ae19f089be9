package template

import (
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/assets"
)

// fieldTexts are fields as people read them, in English.
var fieldTexts = map[string]string{
	"product":         "Product",
	"product_version": "Version of the product",
	"module":          "Part of the product",
	"name":            "Your name",
	"contact":         "How to reach you",
}

func ask(id, text string) api.Ask {
	return api.Ask{ID: id, Text: map[string]string{"en": text}, Required: true}
}

func described(id, text string) api.Ask {
	a := ask(id, text)
	a.Description = true
	return a
}

func optional(id, text string) api.Ask {
	a := ask(id, text)
	a.Required = false
	return a
}

// builtin are the templates of a desk whose profile has none, in English.
var builtin = []api.Template{
	{
		Kind:   api.Fault,
		Fields: []string{"product", "product_version"},
		Ask: []api.Ask{
			described("happened", "What happened?"),
			ask("since", "Since when does it happen?"),
			ask("expected", "What did you expect instead?"),
			optional("steps", "What do you do when it happens, step by step?"),
		},
	},
	{
		Kind:   api.Question,
		Fields: []string{"product"},
		Ask: []api.Ask{
			described("question", "What do you want to know?"),
			optional("tried", "What have you looked up or tried already?"),
		},
	},
	{
		Kind:   api.Wish,
		Fields: []string{"product"},
		Ask: []api.Ask{
			described("requirements", "What exactly should the program be able to do?"),
			ask("scenarios", "In which situations would you use it, and who?"),
			ask("today", "How do you do it today?"),
		},
	},
	{
		Kind:   api.Change,
		Fields: []string{"product"},
		Ask: []api.Ask{
			described("change", "What is to be set up differently?"),
			ask("why", "What is it needed for?"),
			ask("when", "By when, and when may it be done?"),
			ask("approved", "Who has approved it?"),
		},
	},
	{
		Kind:   api.Installation,
		Fields: []string{"product", "product_version"},
		Ask: []api.Ask{
			described("install", "What is to be installed or brought up to date?"),
			ask("where", "On which machines, and how many?"),
			ask("when", "By when, and when may it be done?"),
			ask("access", "Who can give access to the machines?"),
		},
	},
}

// spoken is a built-in template in every language.
func spoken(t api.Template) api.Template {
	t.Ask = slices.Clone(t.Ask)
	for i, a := range t.Ask {
		key := a.Text["en"]
		t.Ask[i].Text = map[string]string{}
		for _, l := range assets.Languages {
			t.Ask[i].Text[l] = assets.Translator(l)(key)
		}
	}
	return t
}

// Texts are the English texts that are said in every language.
func Texts() []string {
	var all []string
	for _, f := range FieldNames {
		all = append(all, fieldTexts[f])
	}
	for _, t := range builtin {
		for _, a := range t.Ask {
			all = append(all, a.Text["en"])
		}
	}
	return all
}
