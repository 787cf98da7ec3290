package limits

import (
	"sync"
	"time"

	"parley/bot/store"
)

// Budget is what models may take in a day, by UTC; 0 is no limit.
type Budget struct {
	Tokens     int     // of the bot
	UserTokens int     // of one user
	Cost       float64 // of the bot, by the configured prices
}

// recent is the weight of the last answer in the average. A judgement.
const recent = 0.2

// Spending keeps what models take within a budget. It counts the answers in flight,
// too, so that many at once do not go beyond what one would be refused for. It is
// safe for concurrent use.
type Spending struct {
	budget Budget
	store  *store.Store

	mu       sync.Mutex
	inFlight map[string]int // answers by user
	all      int            // answers in flight
	usual    float64        // tokens of an answer, averaged
	price    float64        // of a token, averaged
}

// NewSpending returns the spending that a store has, against a budget. First is
// what an answer is taken to cost before there was one, in tokens.
func NewSpending(b Budget, s *store.Store, first int) *Spending {
	return &Spending{budget: b, store: s, inFlight: map[string]int{}, usual: float64(first)}
}

// Allow reports whether a model may be asked for a user now; release ends what it
// holds back for this answer. Users are known by their pseudonyms in the store.
func (s *Spending) Allow(user string) (release func(), ok bool) {
	b := s.budget
	none := func() {}
	if b == (Budget{}) {
		return none, true
	}
	own, all := s.store.Spending(user, time.Now())
	s.mu.Lock()
	defer s.mu.Unlock()
	coming := s.usual * float64(s.all+1)
	mine := s.usual * float64(s.inFlight[user]+1)
	if b.Tokens > 0 && float64(all.Tokens)+coming > float64(b.Tokens) ||
		b.UserTokens > 0 && float64(own.Tokens)+mine > float64(b.UserTokens) ||
		b.Cost > 0 && all.Cost+coming*s.price > b.Cost {
		return none, false
	}
	s.all++
	s.inFlight[user]++
	return func() { s.release(user) }, true
}

func (s *Spending) release(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.inFlight[user]--; s.inFlight[user] == 0 {
		delete(s.inFlight, user)
	}
}

// Charge stores what an answer has taken of models for a user.
func (s *Spending) Charge(user string, spent store.Spent) error {
	if spent.Tokens > 0 {
		s.mu.Lock()
		s.usual += recent * (float64(spent.Tokens) - s.usual)
		s.price += recent * (spent.Cost/float64(spent.Tokens) - s.price)
		s.mu.Unlock()
	}
	return s.store.Spend(user, time.Now(), spent)
}
