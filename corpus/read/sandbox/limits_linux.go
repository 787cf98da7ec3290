package sandbox

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"parley/corpus/read/limit"
)

// self is the program that runs, also when its file has been replaced since.
func self() (string, error) {
	const path = "/proc/self/exe"
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	return os.Executable()
}

// attributes give a child a group of its own, and an end with its parent.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func kill(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGKILL) }

// confine has the system hold the bounds, for the case that what watches them
// does not get to it. What the runtime maps is counted in large pieces, so that
// the one on memory is well above what is watched.
func confine(l limit.Limits) {
	set := func(resource int, most uint64) {
		_ = unix.Setrlimit(resource, &unix.Rlimit{Cur: most, Max: most}) // where it cannot be, the others hold
	}
	if most := uint64(l.Memory) + runtimeData; mapped() < most/4 { //nolint:gosec // above 0
		set(unix.RLIMIT_DATA, most)
	}
	set(unix.RLIMIT_CPU, uint64(2*l.Time/time.Second)+2) //nolint:gosec // above 0
	set(unix.RLIMIT_CORE, 0)                             // no dump of memory
	set(unix.RLIMIT_FSIZE, 0)                            // it writes no file
}

// runtimeData is what a Go program has mapped before it does anything, and maps at
// a time: four pieces of the heap.
const runtimeData = 256 << 20

// mapped is what the process may write to, in bytes. A race detector maps
// several times what the program does, so that there the system has no bound to hold.
func mapped() uint64 {
	data, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 6 {
		return 0
	}
	pages, err := strconv.ParseUint(fields[5], 10, 64)
	if err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize()) //nolint:gosec // above 0
}
