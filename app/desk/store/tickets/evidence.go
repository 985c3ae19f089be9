package tickets

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Collectors are those whose evidence a ticket's bundles hold, as their uploads' metadata says.
func Collectors(ctx context.Context, q db.Querier, ticket int64) (map[string]bool, error) {
	list, err := words(q.QueryContext(ctx, "SELECT metadata FROM bundles WHERE ticket = ?", ticket))
	if err != nil {
		return nil, fmt.Errorf("read evidence of ticket %d: %w", ticket, db.Named(err))
	}
	have := map[string]bool{}
	for _, metadata := range list {
		for _, name := range collectorsIn(metadata) {
			have[name] = true
		}
	}
	return have, nil
}

// collectorsIn reads what an upload's metadata (tus 1.0: pairs of a key and
// base64, with commas between) says that it holds. What is no such list holds nothing.
func collectorsIn(metadata string) []string {
	for pair := range strings.SplitSeq(metadata, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(pair), " ")
		if key != api.MetadataCollectors {
			continue
		}
		text, err := base64.StdEncoding.DecodeString(value)
		if err != nil {
			return nil
		}
		return strings.Fields(string(text))
	}
	return nil
}
