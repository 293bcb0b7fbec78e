"""How the shipped models are trained: coded reports to labelled candidates, candidates to models, models to figures on reports that they did not see."""
