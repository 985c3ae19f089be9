package app

import (
	"slices"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/diag"
)

// TestTemplates: what the example's profile wants is what the desk asks.
func TestTemplates(t *testing.T) {
	p, err := diag.LoadProfile("../docs/example/erp.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := templates(p)
	if len(all.Products) != 2 || !slices.Equal(all.Products[0].Modules, []string{"Orders", "Stock", "Ledger"}) {
		t.Errorf("products are %+v", all.Products)
	}
	if len(all.Kinds) != 3 || all.Kinds[1].Product != "Halden ERP Client" || !slices.Equal(all.Kinds[1].Fields, []string{"module"}) {
		t.Fatalf("kinds are %+v", all.Kinds)
	}
	fault := all.Kinds[0]
	if fault.Kind != api.Fault || fault.Product != "" || len(fault.Ask) != 4 || !fault.Ask[0].Description || !fault.Ask[1].Required || fault.Ask[3].Required {
		t.Errorf("%+v", fault)
	}
	if log := fault.Collect[1]; log.Collector != "log" || log.Text["de"] != "Protokolldatei" || log.Text["en"] != "Log file" || log.Text["nl"] == "" {
		t.Errorf("%+v", log)
	}
	if rules := routing(p); len(rules) != 3 || rules[1].Products[0] != "Halden ERP Client" || !rules[0].Set || rules[2].Kinds[0] != api.Wish {
		t.Errorf("rules are %+v", rules)
	}
	if none := templates(diag.BuiltinProfile()); len(none.Kinds) != 0 || len(none.Products) != 0 {
		t.Errorf("without a profile: %+v", none)
	}
}
