//go:build !unix

package sandbox

import (
	"os"
	"syscall"

	"parley/corpus/read/limit"
)

func self() (string, error) { return os.Executable() }

func attributes() *syscall.SysProcAttr { return nil }

func kill(p *os.Process) error { return p.Kill() }

// confine leaves the bounds to those who watch them.
func confine(limit.Limits) {}
