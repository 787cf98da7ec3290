package answer

// evidenceWeights rank sentences: a softmax over a question's candidates, fitted
// to the gold sentences of clapnq, selqa and multihoprag_facts, each set with the
// same say. docs/answers.md has the figures by halves.
var evidenceWeights = [nFeatures]float64{
	fCoverage: 1.2, fSurroundings: 3.6, fLexical: 1.05, fDensity: 4.2, fPassage: 5.1, fPassageCover: 3.4,
	fTopArticle: 0.8, fNames: 0.35, fSlot: 2.0, fLength: 0.7, fEarly: 0.95,
}

// confidenceWeights and confidenceBias are a logistic regression on whether a
// question is answerable, see docs/answers.md.
var confidenceWeights = [nSignals]float64{
	sSupport: 2.2, sAgreement: 1.5, sNames: -0.3, sNumber: -0.3, sQuantity: -1.5, sTime: -0.5, sName: 0, sLoose: -1.2,
}

const confidenceBias = -1.3

// DefaultThreshold is the confidence below which the engine abstains.
const DefaultThreshold = 0.55
