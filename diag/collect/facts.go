package collect

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/facts"
)

// writeFacts stores v as indented JSON. Keys say their unit by suffix:
// _bytes, _percent, _seconds, _milliseconds, _mhz, _hz, _celsius, _mm, _pixels, _time.
func writeFacts(s Sink, path, title string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	w, err := s.Create(path, FileInfo{Title: title, MediaType: "application/json"})
	if err != nil {
		return err
	}
	if _, err := w.Write(append(text, '\n')); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// unixTime is a time of which only seconds are known; 0 is not known.
func unixTime(seconds int64) *time.Time {
	if seconds <= 0 {
		return nil
	}
	t := time.Unix(seconds, 0)
	return &t
}

// round keeps as many digits of a measured figure as mean something.
func round(f float64) float64 { return math.Round(f*100) / 100 }

// FactWords lists the words that facts.Lines gives for the keys of facts
// collected here, each once: English, the keys of translations.
func FactWords() []string {
	var words []string
	for _, v := range append(machineKinds(), networkKinds()...) {
		words = keyWords(words, reflect.TypeOf(v))
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func keyWords(words []string, t reflect.Type) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[time.Time]() {
		return words
	}
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		words = keyWords(append(words, facts.Words(key)), t.Field(i).Type)
	}
	return words
}
