package collect

import "context"

// askDesktop is nil: system_profiler tells all.
var askDesktop func(context.Context, *DisplaysFacts) error
