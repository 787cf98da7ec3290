package cli

import (
	"context"
	"errors"

	"parley/bot/mcp"
)

type mcpCmd struct{}

// Run answers a program that speaks the Model Context Protocol over standard input and
// output, until the input ends.
func (mcpCmd) Run(ctx context.Context, a *app) error {
	s, err := a.open(ctx, true)
	if err != nil {
		return err
	}
	engine, ok := s.engine.(mcp.Engine)
	if !ok {
		return errors.New("serve MCP: the engine checks no statements")
	}
	server, err := mcp.New(mcp.Options{Snapshot: s.snapshot, Engine: engine, Version: builtFrom().Version, Log: a.quietLogger()})
	if err != nil {
		return err
	}
	return server.Run(ctx, a.env.Stdin, a.env.Stdout)
}
