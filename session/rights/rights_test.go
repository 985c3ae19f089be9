package rights

import (
	"errors"
	"slices"
	"testing"
)

func TestEachIsOnlyItself(t *testing.T) {
	var all Set
	for _, r := range All() {
		s := Of(r)
		if !s.Has(r) || all.Has(r) || !slices.Equal(s.Strings(), []string{string(r)}) {
			t.Errorf("%s is %v, others have it: %v", r, s, all.Has(r))
		}
		all = all.With(s)
		if got := all.Without(s); got.Has(r) {
			t.Errorf("%s is in %v", r, got)
		}
	}
	if !all.Has(All()...) || !slices.Equal(all.Rights(), All()) {
		t.Errorf("all are %v", all)
	}
}

// TestNothingIsNoRight holds the places where a mistake would give something away.
func TestNothingIsNoRight(t *testing.T) {
	if all := Of(All()...); all.Has() || all.Has("") {
		t.Error("nothing is among the rights")
	}
	if s := Of("admin", ""); s != 0 {
		t.Errorf("what is no right gave %v", s)
	}
	if Of(See).Has(See, "admin") {
		t.Error("a right that is none is had")
	}
}

func TestParse(t *testing.T) {
	for name, test := range map[string]struct {
		list []string
		want Set
		err  error
	}{
		"none":      {nil, 0, nil},
		"any order": {[]string{"control", "see"}, Of(See, Control), nil},
		"all":       {Of(All()...).Strings(), Of(All()...), nil},
		"twice":     {[]string{"see", "see"}, 0, ErrForm},
		"unknown":   {[]string{"see", "unattended"}, 0, ErrForm},
		"empty":     {[]string{""}, 0, ErrForm},
		"capitals":  {[]string{"See"}, 0, ErrForm},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(test.list)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}
