package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/session/rights"
)

// Ask is the viewer's question for more rights while the session lasts; the
// host answers it with Granted or Refused. GiveBack ends rights from the
// viewer's side.
type (
	Ask struct {
		Rights rights.Set // at least one
		Reason string     // at most MaxReason characters, none of them a control character
	}
	GiveBack struct{ Rights rights.Set } // at least one
)

// Want asks for evidence. Without On it ends the samples of rights.Vitals.
type Want struct {
	Right rights.Right // Vitals, Logs or System
	On    bool         // false for Vitals only
}

// Vital is one sample of rights.Vitals, as text.
type Vital struct{ Text string } // 1 to MaxVital bytes, UTF-8

func (m *Ask) append(b []byte) ([]byte, error) {
	b, err := appendRights(b, m.Rights)
	if err != nil {
		return nil, err
	}
	return append(b, m.Reason...), check(saying(m.Reason))
}

func (m *Ask) parse(r *reader) {
	m.Rights = r.rights()
	m.Reason = string(r.all())
	r.require(saying(m.Reason))
}

func saying(text string) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= MaxReason && !strings.ContainsFunc(text, unicode.IsControl)
}

func (m *GiveBack) append(b []byte) ([]byte, error) { return appendRights(b, m.Rights) }
func (m *GiveBack) parse(r *reader)                 { m.Rights = r.rights() }

func (m *Want) append(b []byte) ([]byte, error) {
	b, err := appendRights(b, rights.Of(m.Right))
	return append(b, flag(m.On)), join(err, check(m.valid()))
}

func (m *Want) parse(r *reader) {
	m.Right = r.right()
	m.On = r.flag()
	r.require(m.valid())
}

func (m *Want) valid() bool {
	return m.Right == rights.Vitals || m.On && (m.Right == rights.Logs || m.Right == rights.System)
}

func (m *Vital) append(b []byte) ([]byte, error) {
	return append(b, m.Text...), check(text(m.Text, MaxVital) && m.Text != "")
}

func (m *Vital) parse(r *reader) {
	m.Text = string(r.all())
	r.require(text(m.Text, MaxVital) && m.Text != "")
}

// text says whether s is text of at most limit bytes that no program takes for its end.
func text(s string, limit int) bool {
	return len(s) <= limit && utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// appendRights writes a set as its words in their order with commas between.
func appendRights(b []byte, s rights.Set) ([]byte, error) {
	list := strings.Join(s.Strings(), ",")
	b, err := appendBytes(b, []byte(list), MaxName)
	return b, join(err, check(list != "" && s == s.Both(rights.Of(rights.All()...))))
}

func (r *reader) rights() rights.Set {
	list := string(r.bytes(MaxName))
	s, err := rights.Parse(strings.Split(list, ","))
	r.require(err == nil && strings.Join(s.Strings(), ",") == list)
	return s
}

func (r *reader) right() rights.Right {
	all := r.rights().Rights()
	r.require(len(all) == 1)
	if r.bad {
		return ""
	}
	return all[0]
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}

func (r *reader) flag() bool {
	b := r.byte()
	r.require(b <= 1)
	return b == 1
}

func join(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
