//go:build !headless

package app

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/analyze"
)

// studyLimit is how long a window waits for findings; usually they take far
// less than a second.
const studyLimit = 30 * time.Second

// findings says for a window what evidence shows.
type findings struct {
	rules []analyze.Rule // the profile's
}

// Study is part of page.Findings.
func (f findings) Study(ctx context.Context, e page.Evidence) (analyze.Report, error) {
	ctx, cancel := context.WithTimeout(ctx, studyLimit)
	defer cancel()
	all, err := analyze.Study(ctx, e, f.rules...)
	if err != nil {
		return all, fmt.Errorf("draw findings from what was collected: %w", err)
	}
	return all, nil
}
