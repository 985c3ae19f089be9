package session

import (
	"fmt"
	"strings"
	"testing"
)

// Every state of the consent and every answer: . stays, N is no; the rest are
// the states that the first line of letters names.
const consents = `
            called they waited goon code yes no silence closed desk lock pause resume
C caller    R      W    .      .    N    .   N  N       N      N    N    .     .
W warned    .      .    H      .    N    .   N  N       N      N    N    .     .
H held      .      .    .      R    N    .   N  N       N      N    N    .     .
R code      .      .    .      .    S    .   N  N       N      N    N    .     .
S screen    .      .    .      .    .    A   N  N       N      N    N    .     .
A allowed   .      .    .      .    .    .   N  .       N      .    .    P     .
P paused    .      .    .      .    .    .   N  .       N      .    .    .     A
N declined  .      .    .      .    .    .   .  .       .      .    .    .     .`

func TestConsentEveryStateAndAnswer(t *testing.T) {
	rows := strings.Split(strings.TrimSpace(consents), "\n")
	names := strings.Fields(rows[0])
	rows = rows[1:]
	if len(rows) != int(askings) || len(names) != int(answers) {
		t.Fatalf("%d states and %d answers are drawn, want %d and %d", len(rows), len(names), askings, answers)
	}
	letters := map[string]Asking{}
	for a, row := range rows {
		letters[strings.Fields(row)[0]] = Asking(a)
	}
	for a, row := range rows {
		fields := strings.Fields(row)
		for b, to := range fields[2:] {
			t.Run(fmt.Sprintf("%s and %s", fields[1], names[b]), func(t *testing.T) {
				want, ok := letters[to]
				if to == "." {
					want, ok = Asking(a), true
				}
				if got := Asking(a).Next(Answer(b)); !ok || got != want {
					t.Errorf("leads to %d, want %d", got, want)
				}
			})
		}
	}
}

// Nobody is seen without the question who called, the code and the yes.
func TestConsentHasNoWayAround(t *testing.T) {
	for name, without := range map[string][]Answer{
		"the caller": {AnswerCalledThem, AnswerTheyCalled},
		"the pause":  {AnswerCalledThem, AnswerWaited},
		"going on":   {AnswerCalledThem, AnswerGoOn},
		"the code":   {AnswerCodeRight},
		"the yes":    {AnswerYes},
	} {
		reached := map[Asking]bool{AskCaller: true}
		for range askings {
			for a := range reached {
				for b := range answers {
					left := false
					for _, w := range without {
						left = left || b == w
					}
					if !left {
						reached[a.Next(b)] = true
					}
				}
			}
		}
		if reached[Allowed] || reached[Paused] {
			t.Errorf("without %s it comes to a yes: %v", name, reached)
		}
	}
}
