package openaitest

import (
	"fmt"
	"slices"
)

// Violation is one request that the API would not take.
type Violation struct {
	Rule   string // one of the Rule constants
	Where  string // "METHOD /path"
	Detail string
}

// String is one line for a test's log.
func (v Violation) String() string { return fmt.Sprintf("%s: %s: %s", v.Rule, v.Where, v.Detail) }

// The rules by the names that Violation and Allow use.
const (
	RuleRoute    = "route"    // a method or path that the API does not have
	RuleAuth     = "auth"     // a missing or wrong key, or a key in the wrong header
	RuleBody     = "body"     // no JSON, a wrong content type, an unknown field, a wrong type
	RuleMessages = "messages" // none, an empty one, an unknown role
	RuleLimit    = "limit"    // a number out of range, or two names for one thing
	RuleSchema   = "schema"   // a response_format that strict mode does not take
	RuleTools    = "tools"    // tools or functions, which no answer here needs
	RuleInput    = "input"    // texts to embed: none, an empty one, too many
)

// Violations are the breaches so far, without those of rules allowed.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.violations), func(v Violation) bool { return s.allowed[v.Rule] })
}

// Allow expects breaches of the rules: they fail no test. It is for tests that
// provoke them.
func (s *Server) Allow(rules ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, rule := range rules {
		s.allowed[rule] = true
	}
}

// Caught takes the violations of a rule off the record and returns them.
func (s *Server) Caught(rule string) []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	var caught []Violation
	s.violations = slices.DeleteFunc(s.violations, func(v Violation) bool {
		if v.Rule == rule {
			caught = append(caught, v)
		}
		return v.Rule == rule
	})
	return caught
}

// maxViolations bounds what a run of many broken requests keeps.
const maxViolations = 1000

func (s *Server) violate(found []Violation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.violations) < maxViolations {
		s.violations = append(s.violations, found...)
	}
}
