package collect

// hasLoad says whether the system keeps an average load.
const hasLoad = false
