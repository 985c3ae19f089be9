package tally

import (
	"fmt"
	"slices"
	"strings"
)

// Ours is the name of our own peer; a variant stands behind a dash.
const Ours = "beistand"

// Verdicts is one table, in Markdown: each target with what we reach, what the
// peers reach, whether it is met, and what that costs.
func Verdicts(all []Result) string {
	all = Best(all)
	peers := peersOf(all)
	if !slices.ContainsFunc(all, func(r Result) bool { return ours(r.Peer) }) {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| link, scene | target | ours | met | %shost CPU, memory | viewer CPU | others' CPU, load |\n", columns(peers))
	fmt.Fprintf(&b, "|%s\n", strings.Repeat("---|", 7+len(peers)))
	for _, t := range everything(all) {
		own, found := find(all, variant(t.Peer), t)
		if !found {
			continue
		}
		row := []string{t.Net + ", " + t.Scene, t.texts()}
		if t.Size != FullHD {
			row[0] += ", " + t.Size
		}
		if t.Peer != "" {
			row[0] += ", " + t.Peer
		}
		row = append(row, t.values(own), t.verdict(own))
		for _, p := range peers {
			r, found := find(all, p, t)
			if !found {
				r = Result{Failed: "-"}
			}
			row = append(row, t.values(r))
		}
		row = append(row, cost(own), fmt.Sprintf("%.1f", own.ViewCPU), fmt.Sprintf("%.1f, %.1f", own.OtherCPU, own.Load))
		fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
	}
	b.WriteString(memory(all, peers))
	return b.String()
}

func columns(peers []string) (text string) {
	for _, p := range peers {
		text += p + " | "
	}
	return text
}

func ours(peer string) bool { return peer == Ours || strings.HasPrefix(peer, Ours+"-") }

func variant(name string) string {
	if name == "" {
		return Ours
	}
	return Ours + "-" + name
}

// peersOf are all that are not ours, in the order of their first result.
func peersOf(all []Result) (names []string) {
	for _, r := range all {
		if !ours(r.Peer) && !slices.Contains(names, r.Peer) {
			names = append(names, r.Peer)
		}
	}
	return names
}

// everything is all targets, and then what was measured besides.
func everything(all []Result) []Target {
	list := Targets()
	for _, r := range all {
		if !ours(r.Peer) {
			continue
		}
		name := strings.TrimPrefix(strings.TrimPrefix(r.Peer, Ours), "-")
		if !slices.ContainsFunc(list, func(t Target) bool {
			return t.Net == r.Net && t.Scene == r.Scene && t.Size == r.Size && t.Peer == name
		}) {
			list = append(list, Target{Net: r.Net, Scene: r.Scene, Size: r.Size, Peer: name})
		}
	}
	return list
}

func find(all []Result, peer string, t Target) (Result, bool) {
	i := slices.IndexFunc(all, func(r Result) bool {
		return r.Peer == peer && r.Net == t.Net && r.Scene == t.Scene && r.Size == t.Size
	})
	if i < 0 {
		return Result{}, false
	}
	return all[i], true
}

func (t Target) texts() string {
	var parts []string
	for _, w := range t.Wants {
		parts = append(parts, strings.TrimSpace(w.text()))
	}
	return strings.Join(parts, ", ")
}

// values are the figures that the target names, or the usual ones.
func (t Target) values(r Result) string {
	if r.Failed != "" {
		return r.Failed
	}
	wants := t.Wants
	if len(wants) == 0 {
		wants = usual(r)
	}
	var parts []string
	for _, w := range wants {
		parts = append(parts, strings.TrimSpace(w.value(&r)))
	}
	return strings.Join(parts, ", ")
}

func usual(r Result) []Want {
	switch r.Scene {
	case "still", "idle":
		return []Want{hostCPU(0), megabyte(0)}
	case "switch":
		return []Want{legible(0), lossless(0), megabyte(0)}
	case "video":
		return []Want{frames(0), p50(0), inFilm(0), beside, megabyte(0)}
	}
	return []Want{frames(0), p50(0), p95(0), exact, megabyte(0), hostCPU(0)}
}

func (t Target) verdict(r Result) string {
	if len(t.Wants) == 0 {
		return ""
	}
	if r.Failed != "" {
		return "no"
	}
	var missed []string
	for _, w := range t.Wants {
		if !w.met(&r) {
			missed = append(missed, strings.TrimSpace(w.value(&r)))
		}
	}
	if len(missed) == 0 {
		return "yes"
	}
	return "no: " + strings.Join(missed, ", ")
}

func cost(r Result) string { return fmt.Sprintf("%.1f s/min, %.0f MB", r.HostCPU, r.HostMB) }
