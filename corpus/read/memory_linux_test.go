package read

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
)

// peak is the most that this process, or one of its children, had in memory. What
// the system says of a process from outside begins with what its parent had.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var own int64
	_, after, _ := bytes.Cut(status, []byte("VmHWM:"))
	if _, err := fmt.Sscan(string(after), &own); err != nil {
		return 0
	}
	var children syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_CHILDREN, &children) == nil {
		own = max(own, children.Maxrss)
	}
	return own << 10
}
