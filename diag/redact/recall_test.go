package redact

import (
	"bytes"
	"testing"

	"github.com/beistand/beistand/diag/redact/plant"
)

// plantRules are the rules for a log of the package plant.
func plantRules(t testing.TB) (*Rules, *Names) {
	own := plant.Own()
	rules, err := Compile(Known{Hosts: own.Hosts, Domains: own.Domains, Users: own.Users, Names: own.Names})
	if err != nil {
		t.Fatal(err)
	}
	names, err := NewNames(bytes.Repeat([]byte{7}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return rules, names
}

func TestPlantedSecretsAreFound(t *testing.T) {
	var log bytes.Buffer
	plants, err := plant.Write(&log, 1, 6<<20)
	if err != nil {
		t.Fatal(err)
	}
	rules, names := plantRules(t)
	redacted := rules.Bytes(log.Bytes(), names, nil)
	score, err := plant.Check(bytes.NewReader(redacted), plants)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(score)
	if recall := score.Recall(); recall < 0.97 {
		t.Errorf("%.2f %% of the planted values are gone", 100*recall)
	}
	if survived := score.Survived(); survived < 0.995 {
		t.Errorf("%.2f %% of the look-alikes are left", 100*survived)
	}
	if score.CleanChanged > 0 {
		t.Errorf("%d lines without anything to hide were changed", score.CleanChanged)
	}
}
